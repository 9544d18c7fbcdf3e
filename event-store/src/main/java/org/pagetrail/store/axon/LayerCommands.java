package org.pagetrail.store.axon;

import java.util.List;
import java.util.Map;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.core.GenericMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.guest.GuestCommand;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.qemu.QemuCommand;
import org.pagetrail.simulation.loop.Dispatch;
import org.pagetrail.simulation.loop.Layers;
import org.pagetrail.simulation.reaction.Command;

/**
 * The commands of the three layers on Axon's bus. A handler asks the pure decider of the layer and
 * answers with what it decided. That happens one event after the other, each followed by the
 * commands that react to it; so the answer is not yet written when the command ends.
 */
final class LayerCommands implements Dispatch {
  private static final MessageType DECIDED = new MessageType("run", "Decided", EventNames.VERSION);

  private final String run;
  private @Nullable CommandBus bus;
  private @Nullable Layers layers;
  private long sent;

  /** What a command makes happen, on its way back over the bus. */
  private record Decided(List<Decision> decisions) {}

  LayerCommands(String run) {
    this.run = run;
  }

  /** The handlers, to be registered. */
  CommandHandlingModule.CommandHandlerPhase handlers() {
    CommandHandlingModule.CommandHandlerPhase module =
        CommandHandlingModule.named("layers").commandHandlers();
    for (QualifiedName name : CommandNames.ofTheLayers()) {
      module.commandHandler(name, (command, unit) -> decide(command));
    }
    return module;
  }

  /** The bus that takes the commands from now on. */
  void over(CommandBus bus) {
    this.bus = bus;
  }

  @Override
  public List<Decision> decide(Layers layers, Command command) {
    if (bus == null) {
      throw new IllegalStateException("Axon has not been started");
    }
    this.layers = layers;
    Object payload =
        switch (command) {
          case Command.ToQemu to -> to.command();
          case Command.ToKvm to -> to.command();
          case Command.ToGuest to -> to.command();
        };
    String id = run + ":command:" + sent++;
    CommandResultMessage result =
        Ledger.joined(
            bus.dispatch(
                new GenericCommandMessage(
                    new GenericMessage(id, CommandNames.of(payload), payload, Map.of())),
                null));
    if (result.payload() instanceof Decided(List<Decision> decisions)) {
      return decisions;
    }
    throw new IllegalStateException(id + " was answered with " + result.payload());
  }

  private MessageStream.Single<CommandResultMessage> decide(CommandMessage message) {
    if (layers == null) {
      throw new IllegalStateException("no machine runs");
    }
    Command command =
        switch (message.payload()) {
          case QemuCommand qemu -> new Command.ToQemu(qemu);
          case KvmCommand kvm -> new Command.ToKvm(kvm);
          case GuestCommand guest -> new Command.ToGuest(guest);
          case null, default ->
              throw new IllegalArgumentException(
                  message.type().name() + " does not carry its command");
        };
    return MessageStream.just(
        new GenericCommandResultMessage(DECIDED, new Decided(layers.decide(command))));
  }
}
