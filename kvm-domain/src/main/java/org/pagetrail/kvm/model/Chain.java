package org.pagetrail.kvm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Kernels of one architecture, oldest first, each as what it changed against the one before. */
final class Chain {
  /**
   * The releases of which a tree was read. What is known of others is which changes came with them;
   * so a release that changed nothing known stands here only if it was read.
   */
  private static final Set<String> READ =
      Set.of(
          "3.12", "3.17-rc", "3.18", "3.19", "4.1", "4.4", "4.9", "4.18", "5.10", "5.13", "6.1",
          "6.12", "6.18", "7.2");

  private final List<KernelModel> kernels = new ArrayList<>();

  /** Begins with a kernel that answers every question. */
  Chain(KernelModel oldest) {
    kernels.add(oldest);
  }

  /** Adds the next kernel: the one before, with these answers in place of its own. */
  Chain then(String release, Rule... changes) {
    return then(kernels.getLast().named(release).with(changes));
  }

  /** Adds the next kernel, if a tree of it was read or it differs from the one before. */
  Chain then(KernelModel next) {
    if (isRead(next.release()) || !next.answersAs(kernels.getLast())) {
      kernels.add(next);
    }
    return this;
  }

  /** All of them. */
  List<KernelModel> kernels() {
    return List.copyOf(kernels);
  }

  /** True if a tree of this release was read. */
  static boolean isRead(String release) {
    return READ.contains(release);
  }
}
