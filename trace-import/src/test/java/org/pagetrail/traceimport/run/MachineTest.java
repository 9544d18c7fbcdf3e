package org.pagetrail.traceimport.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.RunEvent.FlashDevice;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.events.memory.ByteSize;

class MachineTest {

  @Test
  void firmwareGivenAsBiosGoesToTheFirstFlashOfVirt() {
    MachineDescribed machine =
        described(
            "/usr/bin/qemu-system-aarch64 -M virt,gic-version=3 -accel kvm -m 256 -bios efi64.fd"
                + " -object memory-backend-ram,id=r,size=256M,prealloc=on -machine"
                + " memory-backend=r");

    assertThat(machine.board()).isEqualTo("virt");
    assertThat(machine.ram()).isEqualTo(ByteSize.mebibytes(256));
    assertThat(machine.ramPreallocated()).isTrue();
    assertThat(machine.flash())
        .containsExactly(
            new FlashDevice("virt.flash0", FlashBacking.BIOS_IMAGE, "efi64.fd"),
            new FlashDevice("virt.flash1", FlashBacking.NONE, null));
  }

  @Test
  void drivesFillFlashByUnit() {
    assertThat(
            described(
                    "qemu-system-aarch64 -machine type=virt"
                        + " -drive if=pflash,format=raw,unit=1,file=vars64.fd"
                        + " -drive if=pflash,format=raw,unit=0,file=code64.fd,readonly=on")
                .flash())
        .containsExactly(
            new FlashDevice("virt.flash0", FlashBacking.FILE_READ_ONLY, "code64.fd"),
            new FlashDevice("virt.flash1", FlashBacking.FILE, "vars64.fd"));
  }

  @Test
  void blockDevicesFillFlashByTheirNodes() {
    assertThat(
            described(
                    "qemu-system-x86_64 -machine q35,pflash0=code,pflash1=vars"
                        + " -blockdev node-name=code,driver=raw,read-only=on,file.driver=file,"
                        + "file.filename=OVMF.fd"
                        + " -blockdev node-name=f,driver=file,filename=VARS.fd"
                        + " -blockdev node-name=vars,driver=raw,file=f")
                .flash())
        .containsExactly(
            new FlashDevice("system.flash0", FlashBacking.FILE_READ_ONLY, "OVMF.fd"),
            new FlashDevice("system.flash1", FlashBacking.FILE, "VARS.fd"));
  }

  @Test
  void aBoardWithoutFlashHasNoneForBios() {
    assertThat(described("qemu-system-x86_64 -M pc -bios bios.bin").flash()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 128",
    "-m 256, 256",
    "-m 2G, 2048",
    "-m 2048k, 2",
    "'-m size=1g,slots=2', 1024",
    "-m rubbish, 128",
    "-m 99999999999T, 128"
  })
  void ramIsReadAsQemuReadsIt(String option, long mebibytes) {
    assertThat(described("qemu-system-aarch64 -M virt " + option).ram())
        .isEqualTo(ByteSize.mebibytes(mebibytes));
  }

  @ParameterizedTest
  @CsvSource({
    "qemu-system-aarch64 -M virt, arm64",
    "qemu-system-arm -M virt, arm",
    "/opt/q/qemu-system-x86_64 -M q35, x86",
    "qemu-system-riscv64 -M virt, riscv",
    "qemu-system-sparc64 -M sun4u, sparc64",
    "kvm -m 1, "
  })
  void theArchitectureIsThatOfTheBinary(String command, String arch) {
    assertThat(Machine.of(command).arch()).isEqualTo(arch);
  }

  @Test
  void ramIsPreallocatedOnlyIfSaid() {
    assertThat(described("qemu-system-aarch64 -M virt").ramPreallocated()).isFalse();
    assertThat(described("qemu-system-aarch64 -M virt -mem-prealloc").ramPreallocated()).isTrue();
    assertThat(
            described(
                    "qemu-system-aarch64 -M virt,memory-backend=m"
                        + " -object memory-backend-file,id=m,size=1G,prealloc=off")
                .ramPreallocated())
        .isFalse();
  }

  private static MachineDescribed described(String commandLine) {
    return Machine.of(commandLine).described("7.2");
  }
}
