package org.pagetrail.simulation.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.simulation.Machines;

/** A machine whose every layer is the model. */
class ClosedLoopTest {
  private static final Gpa FLASH_1 = new Gpa(0x4000000);

  @Test
  void uefiReachesItsShellOnAKernelWithoutTheBug() {
    assertThat(outcome("6.1")).isEqualTo("shell");
  }

  @Test
  void uefiHangsOnTheFirstWriteToItsVariableFlashUnderTheRuleOf2014() {
    Trail trail = Machines.run(Machines.BIOS_64, "never", Machines.kernel("6.1", "bug-2014"));

    assertThat(Outcome.of(trail)).isEqualTo("hang");
    assertThat(events(trail, GuestHung.class))
        .containsExactly(new GuestHung(0, FLASH_1, 0x700070, 0x800080, 0x800080));
    assertThat(events(trail, PageWritten.class).filter(w -> w.writer() == Writer.GUEST))
        .as("the last words left in the zero page")
        .anyMatch(w -> w.offset() == 0 && w.value() == 0x700070)
        .anyMatch(w -> w.offset() == 8 && w.value() == 0x900090);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"arch-writable-guard", "generic-zero-page", "device-read-only", "arch-pfn-valid"})
  void eachFixOfTheSeedLetsTheBootGoOn(String fix) {
    assertThat(outcome("6.1", "bug-2014", fix)).isEqualTo("shell");
  }

  @Test
  void theKernelOfTheSeedMapsTheZeroPageAsAWritableDevice() {
    Trail trail = Machines.run(Machines.BIOS_64, "never", Machines.kernel("3.17-rc"));

    assertThat(
            events(trail, Stage2Mapped.class)
                .filter(map -> map.gpa().equals(FLASH_1))
                .findFirst()
                .orElseThrow())
        .satisfies(map -> {
          assertThat(map.memoryType()).isEqualTo(MemoryType.DEVICE);
          assertThat(map.perms()).isEqualTo(Perms.RW);
        });
  }

  @ParameterizedTest
  @CsvSource({"riscv, 7.2", "mips, 6.12", "loongarch, 6.12"})
  void thePathOfOtherArchitecturesLetsTheSameBootGoOn(String arch, String release) {
    KernelModel kernel = Kernels.of(Arch.of(arch), release);

    assertThat(Outcome.of(Machines.run(Machines.BIOS_64, "never", kernel))).isEqualTo("shell");
  }

  @Test
  void withoutReadOnlySlotsTheMonitorGivesTheFlashNoSlotAndItsCodeCannotBeFetched() {
    Trail trail = Machines.run(Machines.BIOS_64, "never", Machines.kernel("3.12"));

    assertThat(events(trail, MemslotSet.class)).noneMatch(set -> set.flags().isReadOnly());
    assertThat(events(trail, MemslotSet.class)).allMatch(set -> set.ret() == 0);
    assertThat(Outcome.of(trail))
        .isEqualTo("the guest takes an abort at 0x0 that it does not handle");
  }

  @Test
  void whereTheModelStopsTheRunEndsWithTheOpenQuestion() {
    KernelModel kernel = Kernels.of(Arch.LOONGARCH, "7.2");

    Trail trail = Machines.run(Machines.BIOS_64, "never", kernel);

    assertThat(Outcome.of(trail)).isEqualTo("unknown: What an entry lets the guest do.");
    assertThat(trail.entries())
        .filteredOn(entry -> entry.event() instanceof Undecided)
        .isNotEmpty()
        .allMatch(entry -> entry.standing() == Standing.UNKNOWN);
  }

  @Test
  void aFileBehindTheVariableFlashHidesTheBug() {
    assertThat(
            Outcome.of(
                Machines.run(Machines.PFLASH_2, "never", Machines.kernel("6.1", "bug-2014"))))
        .isEqualTo("shell");
  }

  @Test
  void theHugeZeroPageHidesTheBug() {
    assertThat(
            Outcome.of(
                Machines.run(Machines.BIOS_64, "always", Machines.kernel("6.1", "bug-2014"))))
        .isEqualTo("shell");
  }

  @Test
  void everyMemslotThatQemuAsksForIsSetByKvmRightAfter() {
    Trail trail = Machines.run(Machines.BIOS_64, "never", Machines.kernel("6.1", "bug-2014"));

    List<TrailEntry> entries = trail.entries();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).event() instanceof MemslotRequested asked) {
        assertThat(entries.subList(i + 1, Math.min(entries.size(), i + 4)))
            .as("after event %d", i)
            .anyMatch(
                next -> next.event() instanceof MemslotSet set && set.slot().equals(asked.slot()));
      }
    }
  }

  @Test
  void twoRunsAreTheSameEventForEvent() {
    Trail one = Machines.run(Machines.BIOS_64, "never", Machines.kernel("6.1", "bug-2014"));
    Trail other = Machines.run(Machines.BIOS_64, "never", Machines.kernel("6.1", "bug-2014"));

    assertThat(one.entries()).isEqualTo(other.entries());
  }

  private static String outcome(String release, String... fixes) {
    return Outcome.of(Machines.run(Machines.BIOS_64, "never", Machines.kernel(release, fixes)));
  }

  private static <E> Stream<E> events(Trail trail, Class<E> type) {
    return trail.entries().stream().map(TrailEntry::event).filter(type::isInstance).map(type::cast);
  }
}
