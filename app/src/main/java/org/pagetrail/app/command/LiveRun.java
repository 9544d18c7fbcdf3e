package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.util.List;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.live.HostFacts;
import org.pagetrail.app.live.KvmHost;
import org.pagetrail.app.live.LinuxKvm;
import org.pagetrail.app.live.LiveConformance;
import org.pagetrail.app.text.Columns;
import org.pagetrail.app.text.ConformText;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.conform.StepResult;
import org.pagetrail.kvm.conform.Tally;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Kernels;

/**
 * The comparison of {@code --live}, as {@code --json} prints it.
 *
 * @param device the device that was asked
 * @param host what the host said about itself
 * @param kernel the kernel whose model was asked
 * @param tally how many steps match
 * @param mismatches those that do not: expected is what the host answered, got what the model says
 */
record LiveRun(
    String device, HostFacts host, String kernel, Tally tally, List<StepResult> mismatches) {

  /** Copies the list. */
  LiveRun {
    mismatches = List.copyOf(mismatches);
  }

  /** Compares the running kernel with the kernel of the options, else with the nearest known. */
  static LiveRun of(KernelOptions options) {
    try (KvmHost host = LinuxKvm.open()) {
      return of(host, options);
    }
  }

  /** The same for any host. */
  static LiveRun of(KvmHost host, KernelOptions options) {
    KernelName name =
        options.over(new KernelName(host.facts().arch(), nearest(host.facts()), List.of()));
    List<StepResult> steps = LiveConformance.compare(host, KernelChoice.of(name));
    return new LiveRun(
        LinuxKvm.DEVICE,
        host.facts(),
        name.toString(),
        Tally.of(steps),
        steps.stream().filter(step -> !step.matches()).toList());
  }

  /** The nearest release with a model; the running one itself if its name says nothing. */
  private static String nearest(HostFacts host) {
    try {
      return Kernels.nearest(Arch.of(host.arch()), host.release());
    } catch (IllegalArgumentException e) {
      return host.release();
    }
  }

  /** Prints the result; returns the command's exit code. */
  int print(PrintWriter print, boolean json) {
    if (json) {
      print.println(JsonOutput.of(this));
    } else {
      print.print(Columns.wrapped(described(host), "", "  "));
      print.print(ConformText.of(device, kernel, tally, mismatches));
      print.print(ConformText.total(tally));
    }
    print.flush();
    return tally.matched() == tally.total() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  private static String described(HostFacts host) {
    return "running: "
        + host.arch()
        + " "
        + host.release()
        + "; "
        + host.memslots()
        + " memslots in "
        + (host.addressSpaces() == 1 ? "1 address space" : host.addressSpaces() + " address spaces")
        + (host.readOnlyMemslots() ? "" : ", none of them read-only")
        + "; guest addresses of "
        + host.guestAddressBits()
        + " bits, host addresses of "
        + host.userAddressBits()
        + " bits"
        + (host.paging() == Paging.SHADOW ? "; shadow paging" : "")
        + "; nearest release with a model: "
        + nearest(host);
  }
}
