package org.pagetrail.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.Machine;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.Arch;

/** What a recording says of its host, as the model takes it. */
public final class HostSetUp {
  private HostSetUp() {}

  /** The host before anything is mapped: huge pages, and the frame of the zero page if known. */
  public static KvmState of(Trail recorded) {
    Reading reading = new Reading();
    recorded.entries().forEach(entry -> reading.see(entry.event()));
    return reading.state();
  }

  /** Reads the host off the events of a recording. */
  public static final class Reading {
    private HostSettings settings = HostSettings.DEFAULT;
    private Machine machine = Machine.DEFAULT;
    private @Nullable Pfn zeroPage;

    /** Takes the next event. */
    public void see(Event event) {
      if (event instanceof HostDescribed host) {
        settings = settings.describedThp(host.transparentHugePages());
        machine = Arch.named(host.arch()).map(Machine::of).orElse(Machine.DEFAULT);
      }
      zeroPage = zeroPage == null ? zeroPageOf(event) : zeroPage;
    }

    /** The host before anything is mapped. */
    public KvmState state() {
      return KvmState.initial(
          machine, zeroPage == null ? settings : settings.withZeroPage(zeroPage));
    }
  }

  private static @Nullable Pfn zeroPageOf(Event event) {
    return switch (event) {
      case ZeroPageSeen zero -> zero.pfn();
      case HostEvent.PagesSeen seen when seen.kind() == PageKind.ZERO_PAGE -> seen.first();
      default -> null;
    };
  }

  /** What a recorded fact about the host asks of the model; nothing for facts that only check. */
  public static List<KvmCommand> commandsFor(HostEvent event) {
    return switch (event) {
      case HostEvent.HostMapped map ->
          List.of(
              new KvmCommand.MapHost(
                  map.range(),
                  map.backing(),
                  map.perms(),
                  map.advice(),
                  map.name(),
                  Mapping.Details.NONE));
      case HostEvent.HostUnmapped gone -> List.of(new KvmCommand.UnmapHost(gone.range()));
      case HostEvent.PagesSeen seen -> SnapshotPages.commandsFor(seen);
      case HostEvent.RangeInvalidated range ->
          List.of(new KvmCommand.NotifyInvalidate(range.range()));
      case HostEvent.EntryChanged changed ->
          List.of(new KvmCommand.NotifyEntryChanged(changed.hva()));
      default -> List.of();
    };
  }
}
