package org.pagetrail.guest.edk2.variable;

import org.pagetrail.guest.edk2.memory.ByteImage;

/**
 * A variable that the firmware sets during a boot.
 *
 * @param attributes such as 0x7: non-volatile, boot and runtime access
 */
public record VariableRequest(String name, Guid vendor, int attributes, Value value) {

  /** What the variable is set to. */
  public sealed interface Value {
    /** The same in every boot. */
    record Fixed(ByteImage bytes) implements Value {}

    /** A 32-bit number, one higher than what is stored; 1 if nothing is. */
    record Incremented() implements Value {}
  }
}
