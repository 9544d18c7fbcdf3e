package org.pagetrail.kvm.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.kvm.model.arm.DeviceRule;
import org.pagetrail.kvm.model.arm.FaultTypes;
import org.pagetrail.kvm.model.arm.SlotMiss;
import org.pagetrail.kvm.model.arm.Syndrome;
import org.pagetrail.kvm.model.lookup.FrameFacts;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.lookup.ReferenceRelease;

/** What each predicate says of each kind of frame, as tables. */
class FramePredicatesTest {

  @ParameterizedTest(name = "{0}: {1} {2} {3} {4}")
  @CsvSource({
    // kind, memblock, memblock-mapped, section, struct page
    "ANONYMOUS,    true,  true,  true,  true",
    "ZERO_PAGE,    true,  true,  true,  true",
    "RESERVED_RAM, true,  true,  true,  true",
    "NOMAP_RAM,    true,  false, false, true",
    "ZONE_DEVICE,  false, false, true,  true",
    "DEVICE,       false, false, false, false"
  })
  void aFrameIsValidInTheEyesOf(
      PageKind kind, boolean memblock, boolean mapped, boolean section, boolean structPage) {
    assertThat(PfnValid.MEMBLOCK.isValid(kind)).isEqualTo(memblock);
    assertThat(PfnValid.MEMBLOCK_MAPPED.isValid(kind)).isEqualTo(mapped);
    assertThat(PfnValid.SECTION.isValid(kind)).isEqualTo(section);
    assertThat(PfnValid.STRUCT_PAGE.isValid(kind)).isEqualTo(structPage);
  }

  @ParameterizedTest(name = "{0} through page frames: {1}")
  @CsvSource({
    // kind, pfnmap, not-map-memory, pfnmap-not-map-memory, cacheable-pfnmap, the same if cached
    "ANONYMOUS,   false, false, false, false, false",
    "ZERO_PAGE,   false, false, false, false, false",
    "ZONE_DEVICE, false, true,  false, false, false",
    "ZONE_DEVICE, true,  true,  true,  true,  false",
    "NOMAP_RAM,   true,  true,  true,  true,  false",
    "DEVICE,      true,  true,  true,  true,  false",
    "ANONYMOUS,   true,  false, false, false, false"
  })
  void aFrameIsDeviceMemoryForTheRulesSinceMemblockIsAsked(
      PageKind kind,
      boolean pfnmap,
      boolean notMapMemory,
      boolean ofPageFrames,
      boolean cacheable,
      boolean cacheableAndCached) {
    FrameFacts frame = FrameFacts.of(kind, PfnValid.STRUCT_PAGE, pfnmap);

    assertThat(DeviceRule.NOT_MAP_MEMORY.isDevice(frame, false, false)).isEqualTo(notMapMemory);
    assertThat(DeviceRule.PFNMAP_NOT_MAP_MEMORY.isDevice(frame, false, false))
        .isEqualTo(ofPageFrames);
    assertThat(DeviceRule.CACHEABLE_PFNMAP.isDevice(frame, false, false)).isEqualTo(cacheable);
    assertThat(DeviceRule.CACHEABLE_PFNMAP.isDevice(frame, false, true))
        .isEqualTo(cacheableAndCached);
  }

  @Test
  void cachedFramesThatAreNoMemoryFailOnlyWhereTheProcessorCannotForceTheGuest() {
    assertThat(DeviceRule.CACHEABLE_PFNMAP.failsCacheable(true, true, false)).isTrue();
    assertThat(DeviceRule.CACHEABLE_PFNMAP.failsCacheable(true, true, true)).isFalse();
    assertThat(DeviceRule.CACHEABLE_PFNMAP.failsCacheable(true, false, false)).isFalse();
    assertThat(DeviceRule.CACHEABLE_PFNMAP.failsCacheable(false, true, false)).isFalse();
    assertThat(DeviceRule.PFNMAP_NOT_MAP_MEMORY.failsCacheable(true, true, false)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // kind, kept by refcounted-page
    "ANONYMOUS,    true",
    "ZERO_PAGE,    true",
    "ZONE_DEVICE,  true",
    "RESERVED_RAM, false",
    "DEVICE,       false"
  })
  void theReferenceOfARefcountedPageIsDropped(PageKind kind, boolean released) {
    FrameFacts frame = FrameFacts.of(kind, PfnValid.STRUCT_PAGE, false);

    assertThat(ReferenceRelease.REFCOUNTED_PAGE.isReleased(frame, true)).isEqualTo(released);
    assertThat(ReferenceRelease.UNLESS_MMIO.isReleased(frame, true)).isFalse();
    assertThat(ReferenceRelease.UNLESS_MMIO.isReleased(frame, false)).isTrue();
    assertThat(ReferenceRelease.LOOKED_UP_PAGE.isReleased(frame, true)).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource({
    "TRANSLATION, true,  true",
    "PERMISSION,  true,  true",
    "ACCESS_FLAG, false, true",
    "OTHER,       false, false"
  })
  void aFaultOfThisTypeIsHandled(FaultType fault, boolean old, boolean sinceAccessFlag) {
    assertThat(FaultTypes.TRANSLATION_AND_PERMISSION.handles(fault)).isEqualTo(old);
    assertThat(FaultTypes.ACCESS_FLAG_TOO.handles(fault)).isEqualTo(sinceAccessFlag);
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource({
    "FETCH_ABORTS,        false, false",
    "MAINTENANCE_SKIPPED, true,  true",
    "WALK_ABORTS,         false, true"
  })
  void cacheMaintenanceIsSkipped(SlotMiss rule, boolean withSlot, boolean withoutSlot) {
    assertThat(rule.skipsMaintenance(true)).isEqualTo(withSlot);
    assertThat(rule.skipsMaintenance(false)).isEqualTo(withoutSlot);
  }

  @ParameterizedTest(name = "{0} of {3} bytes after {1} at level {2}")
  @CsvSource({
    "READ,              TRANSLATION, 3, 1, 0x93000007",
    "READ,              TRANSLATION, 1, 4, 0x93800005",
    "WRITE,             PERMISSION,  3, 8, 0x93c0004f",
    "WRITE,             ACCESS_FLAG, 2, 2, 0x9340004a",
    "WRITE_PAIR,        PERMISSION,  2, 8, 0x9200004e",
    "EXECUTE,           TRANSLATION, 3, 4, 0x82000007",
    "WALK_READ,         TRANSLATION, 3, 8, 0x92000087",
    "CACHE_MAINTENANCE, TRANSLATION, 3, 8, 0x92000147"
  })
  void theSyndromeOfAnAccessIsThatOfTheArchitecture(
      AccessKind access, FaultType fault, int level, int width, String esr) {
    Syndrome syndrome = Syndrome.of(access, fault, level);

    assertThat("0x" + Long.toHexString(syndrome.encode(width))).isEqualTo(esr);
    assertThat(Syndrome.decode(Long.decode(esr))).isEqualTo(syndrome);
    assertThat(Syndrome.widthOf(Long.decode(esr), -1)).isEqualTo(syndrome.valid() ? width : -1);
  }
}
