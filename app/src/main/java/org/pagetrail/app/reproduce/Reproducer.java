package org.pagetrail.app.reproduce;

import java.util.List;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.conform.Backings;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.model.Arch;

/**
 * A scenario as a C program of its own: it makes memory, machine and slot, performs the operations
 * and prints the scenario's row as the tables have it. What stage 2 holds it cannot see and prints
 * as {@code ?}; what loads find goes to standard error.
 */
public final class Reproducer {
  private static final String ROUTINES = "RWAMLSXBIQ";
  private static final Sections FRAME = Sections.of("frame.c");
  private static final Sections OPERATIONS = Sections.of("operations.c");
  private static final Sections BACKINGS = Sections.of("backings.c");

  private final Arch arch;
  private final TableLine line;
  private final Sections machine;
  private final StringBuilder text = new StringBuilder();

  private Reproducer(Arch arch, TableLine line) {
    this.arch = arch;
    this.line = line;
    this.machine = Sections.of(arch == Arch.X86 ? "x86.c" : "arm64.c");
  }

  /** True if there is guest code for an architecture. */
  public static boolean isFor(Arch arch) {
    return arch == Arch.X86 || arch == Arch.ARM64;
  }

  /**
   * The program.
   *
   * @param expected what is to be seen under which kernel, a line each; stands in a comment on top
   * @throws IllegalArgumentException if there is no such program; the message says why
   */
  public static String of(Arch arch, TableLine line, List<String> expected) {
    if (!isFor(arch)) {
      throw new IllegalArgumentException("there is no guest code for " + arch.word());
    }
    Reproducer made = new Reproducer(arch, line);
    made.checkOperations();
    List<KvmCommand> commands = Backings.make(line.backing(), arch, Backings.HVA);
    if (commands == null) {
      throw new IllegalArgumentException("there is no backing \"" + line.backing() + "\"");
    }
    return made.make(BackingSource.of(line.backing(), commands), List.copyOf(expected));
  }

  private void checkOperations() {
    for (char operation : line.sequence().toCharArray()) {
      String name = String.valueOf(operation);
      boolean guest = ROUTINES.indexOf(operation) >= 0;
      if (!OPERATIONS.has(name) || (guest && !machine.has(name))) {
        throw new IllegalArgumentException(
            "no program for " + arch.word() + " can do '" + name + "'");
      }
    }
  }

  private String make(BackingSource backing, List<String> expected) {
    comment(backing, expected);
    text.append(FRAME.get("head")).append('\n').append(machine.get("head")).append('\n');
    String slot = line.readOnly() ? "RO" : "RW";
    String flags = line.readOnly() ? "KVM_MEM_READONLY" : "0";
    define("SCENARIO", "\"" + line.backing() + " " + slot + (line.logged() ? " L" : "") + "\"");
    define("OPERATIONS", "\"" + line.sequence() + "\"");
    define("SLOT_FLAGS", line.logged() ? "(" + flags + " | KVM_MEM_LOG_DIRTY_PAGES)" : flags);
    define("SLOT_BYTES", Backings.size(line.backing(), arch).bytes() + "ull");
    text.append('\n').append(machine.get("guest-begin"));
    for (int i = 0; i < ROUTINES.length(); i++) {
      char routine = ROUTINES.charAt(i);
      boolean used = line.sequence().indexOf(routine) >= 0;
      boolean next = "RW".indexOf(routine) >= 0 && line.sequence().indexOf(routine + 32) >= 0;
      if (used || next) {
        text.append(machine.get(String.valueOf(routine)));
      }
    }
    text.append(machine.get("guest-end"));
    externs();
    text.append('\n').append(machine.get("machine")).append('\n');
    helpers(backing);
    function("make_backing(int argc, char **argv)", arguments(backing) + backing.before());
    function("after_slot(void)", backing.after());
    text.append(main());
    return text.toString();
  }

  private String main() {
    StringBuilder cases = new StringBuilder();
    line.sequence()
        .chars()
        .distinct()
        .forEach(letter -> cases.append(OPERATIONS.get(String.valueOf((char) letter))));
    String main = FRAME.get("main");
    int at = main.indexOf("int main(");
    String head = main.substring(0, at);
    boolean guest = cases.indexOf("guest_step(") >= 0;
    boolean calls = cases.indexOf("print_call(") >= 0;
    return (guest ? part(head, "static void print_access(", "static void print_call(") : "")
        + (calls ? part(head, "static void print_call(", "static void guest_step(") : "")
        + (guest ? head.substring(head.indexOf("static void guest_step(")) : "")
        + "static void step(char operation, int number) {\n  (void)number;\n"
        + "  switch (operation) {\n"
        + cases
        + "  }\n}\n\n"
        + main.substring(at);
  }

  private static String part(String text, String from, String to) {
    return text.substring(text.indexOf(from), text.indexOf(to));
  }

  private void comment(BackingSource backing, List<String> expected) {
    text.append("/*\n * ").append(line.scenario()).append("\n *\n");
    expected.forEach(row -> text.append(" * ").append(row).append('\n'));
    String usage = backing.needsDevice() ? " DEVICE OFFSET" : "";
    text.append(" *\n * Runs on ").append(arch.word()).append(" as root, with /dev/kvm:\n");
    text.append(" *\n *   cc -O1 -o reproducer reproducer.c && ./reproducer").append(usage);
    text.append(
        """

         *
         * prints the row that this kernel gives, in the notation above; what stage 2 maps is not
         * visible from here and stands as '?'. On a kernel that lets the guest write the host's
         * zero page ("!ZERO") every process of that host sees it afterwards: reboot it.
         */
        """);
  }

  private void externs() {
    for (String name :
        List.of(
            "load",
            "store",
            "exclusive",
            "atomic",
            "load_pair",
            "store_pair",
            "call",
            "string_store",
            "string_in",
            "string_out")) {
      if (text.indexOf("guest_" + name + ":") >= 0) {
        text.append("extern const char guest_").append(name).append("[];\n");
      }
    }
  }

  private void helpers(BackingSource backing) {
    boolean merges = backing.merges() || line.sequence().matches(".*[KZ].*");
    if (backing.fills() || backing.makesFile()) {
      String fill = BACKINGS.get("fill");
      text.append(
              merges
                  ? fill.replace("page = at / PAGE", "page = 0")
                      .replace("Every page differs", "All pages are alike, for KSM")
                  : fill)
          .append('\n');
    }
    if (backing.makesFile()) {
      text.append(BACKINGS.get("file")).append('\n');
    }
    if (merges) {
      text.append(BACKINGS.get("ksm")).append('\n');
    }
  }

  private static String arguments(BackingSource backing) {
    return backing.needsDevice()
        ? """
          if (argc != 3) {
            fprintf(stderr, "usage: %s DEVICE OFFSET, such as /dev/mem 0x4000000\\n", argv[0]);
            exit(2);
          }
        """
        : """
          (void)argc;
          (void)argv;
        """;
  }

  private void function(String head, String body) {
    text.append("static void ").append(head).append(" {\n").append(body).append("}\n\n");
  }

  private void define(String name, String value) {
    text.append("#define ").append(name).append(' ').append(value).append('\n');
  }
}
