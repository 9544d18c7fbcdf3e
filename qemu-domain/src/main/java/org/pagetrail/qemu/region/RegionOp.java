package org.pagetrail.qemu.region;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.RegionAttribute;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.memory.Hva;

/** One step of a transaction on the region tree. */
public sealed interface RegionOp {

  /** The region that the step is about. */
  String region();

  /**
   * Makes a region: enabled, not read-only, in romd mode, in no container.
   *
   * @param region its identity
   * @param name as the monitor prints it
   * @param size bytes, unsigned; all ones stand for 2<sup>64</sup>
   * @param target what an alias shows, null for everything else
   * @param offset where in its target an alias begins, bytes
   * @param hva where its host memory lies; null lets the model choose. Kept for RAM, RAM devices
   *     and ROM devices only
   */
  record Create(
      String region,
      String name,
      RegionType kind,
      long size,
      @Nullable String target,
      long offset,
      @Nullable Hva hva)
      implements RegionOp {

    /** A region without a target whose name is its identity. */
    public static Create of(String region, RegionType kind, long size) {
      return new Create(region, region, kind, size, null, 0, null);
    }

    /** An alias whose name is its identity. */
    public static Create alias(String region, String target, long offset, long size) {
      return new Create(region, region, RegionType.ALIAS, size, target, offset, null);
    }
  }

  /** Puts a region into a container. */
  record Add(String region, String container, long address, int priority) implements RegionOp {
    /** With the priority that most regions have. */
    public Add(String region, String container, long address) {
      this(region, container, address, 0);
    }
  }

  /** Takes a region out of its container. */
  record Remove(String region) implements RegionOp {}

  /** Moves a region within its container; it becomes the latest one there. */
  record Move(String region, long address) implements RegionOp {}

  /** Sets a property, in the event's units. */
  record Set(String region, RegionAttribute attribute, long value) implements RegionOp {
    /** Shows or hides a region. */
    public static Set enabled(String region, boolean on) {
      return new Set(region, RegionAttribute.ENABLED, on ? 1 : 0);
    }

    /** Marks a region read-only or not. */
    public static Set readOnly(String region, boolean on) {
      return new Set(region, RegionAttribute.READ_ONLY, on ? 1 : 0);
    }
  }

  /** Puts a ROM device into romd mode or takes it out. */
  record SetRomd(String region, boolean romd) implements RegionOp {}
}
