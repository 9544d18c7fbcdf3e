package org.pagetrail.app.command;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.host.ThpMode;
import picocli.CommandLine.Option;

/** What a user says of the machine that a table was recorded on; it goes before a file's name. */
final class HostOptions {
  /** What an arm processor can have that changes a stage 2 entry. */
  enum Feature {
    /** Instruction fetches need no cache maintenance: every page may be executed at once. */
    DIC,
    /** Stage 2 can force memory to be cacheable. */
    FWB
  }

  @Option(
      names = "--thp",
      paramLabel = "MODE",
      description = "Transparent huge pages: ${COMPLETION-CANDIDATES}; default: the file's name.")
  private @Nullable ThpMode thp;

  @Option(
      names = "--paging",
      paramLabel = "KIND",
      description = "Who walks the guest's tables: ${COMPLETION-CANDIDATES}; default: NPT on x86.")
  private @Nullable Paging paging;

  @Option(
      names = "--cpu",
      paramLabel = "FEATURE",
      split = ",",
      description = "What an arm processor has: ${COMPLETION-CANDIDATES}.")
  private Set<Feature> features = new TreeSet<>();

  /** The recorded host with what the user says. */
  TableHost over(TableHost named) {
    RecordedHost host = named.host();
    if (thp != null) {
      host = host.with(thp);
    }
    if (paging != null) {
      host = host.with(paging);
    }
    for (Feature feature : features) {
      host =
          switch (feature) {
            case DIC -> host.withDic(true);
            case FWB -> host.withFwb(true);
          };
    }
    return new TableHost(named.kernel(), host, named.unknown());
  }
}
