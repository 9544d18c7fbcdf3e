package org.pagetrail.guest.edk2;

import java.util.List;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.variable.Guid;
import org.pagetrail.guest.edk2.variable.VariableRequest;
import org.pagetrail.guest.edk2.variable.VariableRequest.Value;

/**
 * The variables that Debian's 2022.11 firmware sets on a {@code virt} machine with 256 MiB, without
 * disks and network, in the order of its boot. Names, vendors, attributes and most values are fixed
 * in edk2; the load options hold the identities of the firmware's own applications, and the memory
 * types hold what this boot used. These were taken from a boot's flash operations.
 */
final class ObservedVariables {
  private static final int BOOT_SERVICE = 0x3;
  private static final int RUNTIME = 0x7;
  private static final int AUTHENTICATED_BOOT_SERVICE = 0x23;
  private static final int AUTHENTICATED_RUNTIME = 0x27;

  private static final Guid GLOBAL = new Guid("8be4df61-93ca-11d2-aa0d-00e098032b8c");

  /** PciRoot-less serial terminal: vendor node, UART 8-N-1, terminal type. */
  private static final String SERIAL_CONSOLE =
      "010414004b7d98d31a975f438caf4967eb627241030e1300000000000096000000000000080101"
          + "030a14006560a6df19b4d3119a2d0090273fc14d7fff0400";

  /** The firmware volume that the applications are in. */
  private static final String VOLUME = "04071400fe4a07640a34e64b94ba91b5b4d0f71e";

  private ObservedVariables() {}

  static List<VariableRequest> inOrder() {
    return List.of(
        variable("CustomMode", "c076ec0c-7028-4399-a072-71ee5c448b9f", BOOT_SERVICE, "00"),
        variable(
            "certdb", "d9bee56e-75dc-49d9-b4d7-b534210f637a", AUTHENTICATED_RUNTIME, "04000000"),
        variable(
            "VendorKeysNv",
            "9073e4e0-60ec-4b6e-9903-4c223c260f3c",
            AUTHENTICATED_BOOT_SERVICE,
            "01"),
        new VariableRequest(
            "MTC",
            new Guid("eb704011-1402-11d3-8e77-00a0c969723b"),
            RUNTIME,
            new Value.Incremented()),
        global("BootOrder", "0000"),
        global("Boot0000", loadOption("09010000", "UiApp", "21aa2c4614760345836e8ab6f4662331")),
        global("Timeout", "0500"),
        global("PlatformLang", "656e00"),
        global("Lang", "656e6700"),
        variable("VarErrorFlag", "04b37fe8-f6ae-480b-bdd5-37d98c5e89aa", RUNTIME, "ff"),
        global("ConIn", "030f0b00ffffffff0301017fff0400"),
        global("ConIn", "030f0b00ffffffff0301017f0104" + "00" + SERIAL_CONSOLE),
        global("ConOut", SERIAL_CONSOLE),
        global("ErrOut", SERIAL_CONSOLE),
        global("Key0000", "000000405d4d80dd00000c000000"),
        global("Key0001", "000000405d4d80dd000017000000"),
        global("BootOrder", "00000100"),
        global(
            "Boot0001",
            loadOption("01000000", "EFI Internal Shell", "83a5047c3e9e1c4fad65e05268d0b4d1")),
        variable(
            "MemoryTypeInformation",
            "4c19049f-4137-4dd3-9c10-8b97a83ffdfa",
            BOOT_SERVICE,
            "09000000140000000a0000003c000000000000000000000006000000c4040000050000005c030000"
                + "03000000dc05000004000000e02e0000010000001400000002000000000000001000000000000000"));
  }

  /** A load option for an application of the firmware: attributes, description, file path. */
  private static String loadOption(String attributes, String description, String file) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < description.length(); i++) {
      String digits = Integer.toHexString(description.charAt(i));
      letters.append("0".repeat(2 - digits.length())).append(digits).append("00");
    }
    return attributes + "2c00" + letters + "0000" + VOLUME + "04061400" + file + "7fff0400";
  }

  private static VariableRequest global(String name, String hex) {
    return new VariableRequest(name, GLOBAL, RUNTIME, fixed(hex));
  }

  private static VariableRequest variable(String name, String vendor, int attributes, String hex) {
    return new VariableRequest(name, new Guid(vendor), attributes, fixed(hex));
  }

  private static Value fixed(String hex) {
    byte[] bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(hex, 2 * i, 2 * i + 2, 16);
    }
    return new Value.Fixed(ByteImage.of(bytes));
  }
}
