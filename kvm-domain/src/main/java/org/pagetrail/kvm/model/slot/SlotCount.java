package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** How many slots may the monitor have? */
public enum SlotCount implements Rule {
  ARM_32(RuleText.arch("arm64/slot/count-32", "3.12 to 4.11; arm to 5.6", "32 slots.")),

  ARM_512(RuleText.arch("arm64/slot/count-512", "955a3fc6d2a1 (2017); 4.12 to 5.11", "512 slots.")),

  ARM_32767(
      RuleText.arch(
          "arm64/slot/count-32767", "4fc096a99e01 (2021); 5.12 and later", "32767 slots.")),

  X86_32(RuleText.arch("x86/slot/count-32", "until 3.8", "32 slots.")),

  X86_125(
      RuleText.arch(
          "x86/slot/count-125",
          "0f888f5acd0c (December 2012); 3.9 to 3.18",
          "125 slots, in two address spaces where system management mode is " + "modelled.")),

  X86_509_ONE_SPACE(
      RuleText.arch(
          "x86/slot/count-509-one-space", "1d4e7e3c0bca (2014); 3.19 to 4.1", "509 slots.")),

  X86_509(
      RuleText.arch(
          "x86/slot/count-509",
          "699023e23965 (2015); 4.2 to 5.11",
          "509 slots in each of two address spaces.")),

  X86_32764(
      RuleText.arch(
          "x86/slot/count-32764",
          "4fc096a99e01 (2021); 5.12 and later",
          "32764 slots in each of two address spaces.")),

  MIPS_8(RuleText.arch("mips/slot/count-8", "until 5.7", "8 slots.")),

  MIPS_16(RuleText.arch("mips/slot/count-16", "5.8 to 5.11", "16 slots.")),

  MIPS_32767(
      RuleText.arch(
          "mips/slot/count-32767", "4fc096a99e01 (2021); 5.12 and later", "32767 slots.")),

  POWERPC_512(RuleText.arch("powerpc/slot/count-512", "5.10, 5.11", "512 slots.")),

  POWERPC_32767(
      RuleText.arch(
          "powerpc/slot/count-32767", "4fc096a99e01 (2021); 5.12 and later", "32767 slots.")),

  S390_32(RuleText.arch("s390/slot/count-32", "until 5.11", "32 slots.")),

  S390_32766(
      RuleText.arch(
          "s390/slot/count-32766", "4fc096a99e01 (2021); 5.12 and later", "32766 slots.")),

  UNKNOWN(
      RuleText.unknown(
          "unknown/slot/count",
          "How many slots there are; 32767 in one address space is the most that any kernel has."));

  private final RuleText text;

  SlotCount(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** How many slots there are for the monitor in one address space. */
  public int userSlots() {
    return switch (this) {
      case ARM_32, X86_32 -> 32;
      case ARM_512 -> 512;
      case ARM_32767 -> 32767;
      case X86_125 -> 125;
      case X86_509, X86_509_ONE_SPACE -> 509;
      case X86_32764 -> 32764;
      case MIPS_8 -> 8;
      case MIPS_16 -> 16;
      case S390_32 -> 32;
      case POWERPC_512 -> 512;
      case S390_32766 -> 32766;
      case MIPS_32767, POWERPC_32767, UNKNOWN -> 32767;
    };
  }

  /** How many address spaces there are. */
  public int addressSpaces() {
    return switch (this) {
      case ARM_32,
          ARM_512,
          ARM_32767,
          X86_32,
          X86_125,
          X86_509_ONE_SPACE,
          MIPS_8,
          MIPS_16,
          MIPS_32767,
          POWERPC_512,
          POWERPC_32767,
          S390_32,
          S390_32766,
          UNKNOWN ->
          1;
      case X86_509, X86_32764 -> 2;
    };
  }
}
