package org.pagetrail.projections.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;

/** Events in words. */
class EventTextTest {

  @Test
  void fieldsHaveTheirNamesAndFlagsAreTrueOrNot() {
    assertThat(EventText.of(new DeviceDecided(new Pfn(0x40a87), false, true)))
        .isEqualTo("device decided: pfn 0x40a87, not writable, device");
  }

  @Test
  void choicesAreWordsAndAddressesAreHexadecimal() {
    assertThat(
            EventText.of(
                new MemslotSet(
                    SlotId.of(1),
                    SlotChange.FLAGS_ONLY,
                    SlotFlags.READ_ONLY,
                    new Gpa(0x4000000),
                    ByteSize.PAGE,
                    new Hva(0x7000),
                    0)))
        .startsWith("memslot set: slot 1, change flags only, flags 0x2, gpa 0x4000000, size ")
        .endsWith("hva 0x7000, ret 0");
  }
}
