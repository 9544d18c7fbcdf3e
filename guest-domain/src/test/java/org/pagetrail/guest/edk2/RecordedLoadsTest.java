package org.pagetrail.guest.edk2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.guest.edk2.variable.UnknownContent;
import org.pagetrail.guest.recorded.RecordedFaults;
import org.pagetrail.guest.recorded.RecordedFaults.Load;

/**
 * The loads in array mode, which QEMU does not see. Each return to array mode makes a new memslot,
 * so that the first load of each mapping faults and is in the kernel's trace.
 */
class RecordedLoadsTest {
  private static final long FLASH_START = 0x4000000;
  private static final long FLASH_END = 0x8000000;

  /** Where QEMU has read a file into huge pages, stage 2 maps blocks of 2 MiB. */
  @ParameterizedTest
  @CsvSource({
    "stock-6.1-bios64-thpnever,       4096",
    "debian-6.1-bios64-thpnever,      4096",
    "debian-6.1-bios64-thpalways,     4096",
    "bug2014-6.1-pflash2-thpnever,    4096",
    "debian-6.1-pflash2-thpalways, 2097152"
  })
  void theFirstLoadOfEachMappingIsTheOneThatFaulted(String boot, long mappingBytes) {
    FakeMachine machine =
        FakeMachine.healthy()
            .run(new FirmwareProgram(FirmwareBuilds.DEBIAN_2022_11, UnknownContent.EMPTY));

    assertThat(predicted(machine, mappingBytes))
        .isEqualTo(RecordedFaults.loadsByPeriod(boot))
        .hasSize(116);
  }

  private static List<List<Load>> predicted(FakeMachine machine, long mappingBytes) {
    List<List<Load>> periods = new ArrayList<>();
    List<Load> period = new ArrayList<>();
    Set<Long> mapped = new HashSet<>();
    for (GuestAccessCompleted access : machine.completions()) {
      long gpa = access.gpa().value();
      if (gpa < FLASH_START || gpa >= FLASH_END) {
        continue;
      }
      if (access.completion() == Completion.MMIO) {
        if (!period.isEmpty()) {
          periods.add(period);
        }
        period = new ArrayList<>();
        mapped.clear();
      } else if (mapped.add(gpa / mappingBytes)) {
        period.add(new Load(gpa, access.access().hasSyndrome() ? access.width() : 0));
      }
    }
    return periods;
  }
}
