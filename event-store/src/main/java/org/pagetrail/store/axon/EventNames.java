package org.pagetrail.store.axon;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.Layer;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.SealedRecords;

/**
 * The message types of the model's events, from the sealed hierarchy: the layer is the namespace
 * and the type's name in the text form the local name, such as {@code kvm.MemslotSet}.
 */
final class EventNames {
  /** The version of the text form, whose field names and values these events keep. */
  static final String VERSION = "1";

  private static final SortedMap<String, Class<? extends Event>> TYPES = new TreeMap<>();
  private static final Map<Class<?>, MessageType> NAMES;

  static {
    register(RunEvent.class, Layer.RUN);
    register(QemuEvent.class, Layer.QEMU);
    register(HostEvent.class, Layer.HOST);
    register(KvmEvent.class, Layer.KVM);
    register(GuestEvent.class, Layer.GUEST);
    Map<Class<?>, MessageType> names = new HashMap<>();
    TYPES.forEach((name, type) -> names.put(type, new MessageType(name, VERSION)));
    NAMES = Map.copyOf(names);
  }

  private EventNames() {}

  /** The message type of an event. */
  static MessageType of(Event event) {
    MessageType name = of(event.getClass());
    if (name == null) {
      throw new IllegalStateException(event.getClass() + " is in no layer");
    }
    return name;
  }

  /** The message type of a class, null if it is no event of the model. */
  static @Nullable MessageType of(Class<?> type) {
    return NAMES.get(type);
  }

  /** True if the name is that of a model event. */
  static boolean isModelEvent(QualifiedName name) {
    return TYPES.containsKey(name.fullName());
  }

  /** Every type by its qualified name. */
  static SortedMap<String, Class<? extends Event>> all() {
    return Collections.unmodifiableSortedMap(TYPES);
  }

  private static void register(Class<? extends Event> type, Layer layer) {
    for (Class<? extends Event> event : SealedRecords.of(type)) {
      TYPES.put(layer.name().toLowerCase(Locale.ROOT) + "." + event.getSimpleName(), event);
    }
  }
}
