package org.pagetrail.simulation.whatif;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.HostSetUp;
import org.pagetrail.simulation.NotModelled;
import org.pagetrail.simulation.scenario.Scenario;

/**
 * What must be known of a recording as a whole before its stimuli are replayed: read off once, in a
 * pass over the events of a few types.
 *
 * @param start the host before anything is mapped
 * @param hostFacts what the recording tells of the host's pages
 * @param scenario what the trail was made of; null for a recording
 * @param host the last description of the host; null if there is none
 * @param otherArch an architecture that the recording names too; null if it names one only
 */
public record Survey(
    KvmState start,
    HostFacts hostFacts,
    @Nullable Scenario scenario,
    @Nullable HostDescribed host,
    @Nullable String otherArch) {

  /** Types that a survey looks at; entries of others but {@link #LOOKUPS} may be left out. */
  public static final Set<Class<? extends Event>> TYPES =
      Set.of(
          HostDescribed.class,
          MachineDescribed.class,
          MarkerSeen.class,
          RamBlockAllocated.class,
          PagesSeen.class,
          ZeroPageSeen.class);

  /** The types that it looks at for what they say alone; how they are known does not count. */
  public static final Set<Class<? extends Event>> LOOKUPS = Set.of(PfnResolved.class);

  /** Reads a recording, which may be without the entries of types that do not count here. */
  public static Survey of(Iterable<TrailEntry> recorded) {
    HostSetUp.Reading start = new HostSetUp.Reading();
    HostFacts.Reading facts = new HostFacts.Reading();
    Scenario.Reading scenario = new Scenario.Reading();
    HostDescribed told = null;
    String other = null;
    for (TrailEntry entry : recorded) {
      Event event = entry.event();
      start.see(event);
      facts.see(event);
      scenario.see(entry);
      if (event instanceof HostDescribed host) {
        other = told == null || told.arch().equals(host.arch()) ? other : told.arch();
        told = host;
      }
    }
    return new Survey(start.state(), facts.facts(), scenario.scenario(), told, other);
  }

  /**
   * Refuses a kernel for which the recorded faults mean nothing.
   *
   * @throws NotModelled if it is of another architecture than the recording
   */
  void requireArchOf(KernelModel kernel) {
    String wanted = kernel.arch().word();
    String told =
        host == null || !host.arch().equals(wanted) ? host == null ? null : host.arch() : otherArch;
    if (told != null) {
      throw new NotModelled(
          "the recording is of " + told + ": its faults mean nothing to a kernel of " + wanted);
    }
  }
}
