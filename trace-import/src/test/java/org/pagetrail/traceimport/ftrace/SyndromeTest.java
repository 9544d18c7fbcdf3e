package org.pagetrail.traceimport.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hex;

class SyndromeTest {

  @ParameterizedTest
  @CsvSource({
    // esr, access, width, fault, level
    "0x93000006, READ, 1, TRANSLATION, 2",
    "0x9381004e, WRITE, 4, PERMISSION, 2",
    "0x93c18046, WRITE, 8, TRANSLATION, 2",
    "0x93410046, WRITE, 2, TRANSLATION, 2",
    "0x93810007, READ, 4, TRANSLATION, 3",
    "0x9380000b, READ, 4, ACCESS_FLAG, 3",
    "0x82000005, EXECUTE, 4, TRANSLATION, 1",
    "0x8200000f, EXECUTE, 4, PERMISSION, 3",
    "0x92000007, READ_PAIR, 0, TRANSLATION, 3",
    "0x92000047, WRITE_PAIR, 0, TRANSLATION, 3",
    "0x92000147, CACHE_MAINTENANCE, 0, TRANSLATION, 3",
    "0x92000086, WALK_READ, 8, TRANSLATION, 2",
    "0x9200008f, WALK_WRITE, 8, PERMISSION, 3",
    "0x82000087, WALK_READ, 8, TRANSLATION, 3",
    "0x8200008f, WALK_WRITE, 8, PERMISSION, 3",
    "0x9200002b, READ_PAIR, 0, TRANSLATION, -1",
    "0x92000021, READ_PAIR, 0, OTHER, -1"
  })
  void theSyndromeOfAnArmAbortSaysWhatTheGuestDid(
      String esr, AccessKind access, int width, FaultType fault, int level) {
    ArmSyndrome syndrome = new ArmSyndrome(Hex.parse(esr));

    assertThat(syndrome.access()).isEqualTo(access);
    assertThat(syndrome.width()).isEqualTo(width);
    assertThat(syndrome.fault()).isEqualTo(fault);
    assertThat(syndrome.level()).isEqualTo(level);
  }

  @Test
  void theOffsetInThePageComesFromTheVirtualAddressExceptOnAWalk() {
    assertThat(new ArmSyndrome(0x93000006L).gpa(0x4000000, 0xffff000000000037L))
        .isEqualTo(new Gpa(0x4000037));
    assertThat(new ArmSyndrome(0x92000086L).gpa(0x4000000, 0x37)).isEqualTo(new Gpa(0x4000000));
  }

  @ParameterizedTest
  @CsvSource({
    "0x4, READ, TRANSLATION",
    "0x6, WRITE, TRANSLATION",
    "0x7, WRITE, PERMISSION",
    "0x14, EXECUTE, TRANSLATION",
    "0x15, EXECUTE, PERMISSION",
    "0x100000014, EXECUTE, TRANSLATION",
    "0x200000004, WALK_READ, TRANSLATION",
    "0x200000007, WALK_WRITE, PERMISSION",
    "0xf, WRITE, OTHER"
  })
  void theErrorCodeOfAnX86FaultSaysWhatTheGuestDid(
      String code, AccessKind access, FaultType fault) {
    X86ErrorCode error = new X86ErrorCode(Hex.parse(code));

    assertThat(error.access()).isEqualTo(access);
    assertThat(error.fault()).isEqualTo(fault);
  }
}
