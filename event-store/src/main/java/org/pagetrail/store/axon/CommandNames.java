package org.pagetrail.store.axon;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.SealedRecords;
import org.pagetrail.guest.GuestCommand;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.qemu.QemuCommand;
import org.pagetrail.store.run.RunCommand;

/**
 * The message types of commands, from the sealed hierarchies: who decides a command is its
 * namespace, such as {@code kvm.SetMemslot}.
 */
final class CommandNames {
  private static final Map<Class<?>, MessageType> NAMES = new HashMap<>();

  static {
    register(QemuCommand.class, "qemu");
    register(KvmCommand.class, "kvm");
    register(GuestCommand.class, "guest");
    register(RunCommand.class, "run");
  }

  private CommandNames() {}

  /** The message type of a command. */
  static MessageType of(Object command) {
    MessageType name = of(command.getClass());
    if (name == null) {
      throw new IllegalStateException(command.getClass() + " is no command");
    }
    return name;
  }

  /** The message type of a class, null if it is no command. */
  static @Nullable MessageType of(Class<?> type) {
    return NAMES.get(type);
  }

  /** The names of the commands that the three layers decide. */
  static Collection<QualifiedName> ofTheLayers() {
    Map<String, QualifiedName> layers = new TreeMap<>();
    for (Map.Entry<Class<?>, MessageType> entry : NAMES.entrySet()) {
      if (!RunCommand.class.isAssignableFrom(entry.getKey())) {
        layers.put(entry.getValue().name(), entry.getValue().qualifiedName());
      }
    }
    return List.copyOf(layers.values());
  }

  private static void register(Class<?> type, String decider) {
    for (Class<?> command : SealedRecords.of(type)) {
      NAMES.put(command, new MessageType(decider, command.getSimpleName(), EventNames.VERSION));
    }
  }
}
