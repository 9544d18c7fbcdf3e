package org.pagetrail.kvm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HostSettingsTest {
  @Test
  void aModeOfHugePagesThatNobodyRecordedLeavesTheSettingAsItIs() {
    HostSettings always = HostSettings.DEFAULT.with(ThpMode.ALWAYS);

    assertThat(always.describedThp("never").thp()).isEqualTo(ThpMode.NEVER);
    assertThat(always.describedThp("unknown")).isEqualTo(always);
    assertThatThrownBy(() -> always.describedThp("sometimes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("say always, madvise or never");
  }
}
