package org.pagetrail.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.kvm.Machine.Paging;

/** What the device of a host is worth, where it is none. */
class LinuxKvmTest {
  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void aMissingDeviceIsToldWithWhatToDo() {
    String absent = folder.resolve("kvm").toString();

    assertThatThrownBy(() -> LinuxKvm.open(absent, "amd64", "6.1"))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("there is no " + absent)
        .hasMessageContaining("load KVM");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anotherFileIsNotTakenForTheDevice() throws IOException {
    Path file = Files.createFile(folder.resolve("kvm"));

    assertThatThrownBy(() -> LinuxKvm.open(file.toString(), "aarch64", "6.1"))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("is not KVM's device");
  }

  @Test
  void anArchitectureWithoutASurveyIsRefused() {
    assertThatThrownBy(() -> LinuxKvm.open("/dev/kvm", "ppc64le", "6.1"))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("ppc64le");
  }

  @ParameterizedTest
  @CsvSource({
    "kvm_intel, ept, Y, EPT",
    "kvm_intel, ept, N, SHADOW",
    "kvm_amd, npt, 1, NPT",
    "kvm_amd, npt, 0, SHADOW",
    "kvm_other, npt, Y, SHADOW"
  })
  void whoWalksTheGuestsTablesIsReadOffTheModules(
      String module, String parameter, String value, Paging paging) throws IOException {
    Path parameters = Files.createDirectories(folder.resolve(module).resolve("parameters"));
    Files.writeString(parameters.resolve(parameter), value + "\n");

    assertThat(HostSurvey.paging(folder)).isEqualTo(paging);
  }

  @Test
  void errnosHaveTheirNames() {
    assertThat(ErrnoName.of(0)).isEqualTo("0");
    assertThat(ErrnoName.of(22)).isEqualTo("EINVAL");
    assertThat(ErrnoName.of(4000)).isEqualTo("errno 4000");
  }
}
