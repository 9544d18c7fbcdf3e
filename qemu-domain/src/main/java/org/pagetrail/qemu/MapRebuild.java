package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.qemu.region.FlatView;
import org.pagetrail.qemu.region.FlatViewSharing;
import org.pagetrail.qemu.region.ViewDiff;
import org.pagetrail.qemu.region.ViewDiff.Kept;
import org.pagetrail.qemu.region.ViewRange;
import org.pagetrail.qemu.slot.ListenerTiming;

/**
 * The commit of a transaction: renders the flat views anew and tells the memslots what changed. The
 * maps are rebuilt as a whole, also where nothing changes.
 */
final class MapRebuild {
  private final Draft draft;
  private final Memslots memslots;
  private final List<Runnable> queuedRemovals = new ArrayList<>();
  private final List<Runnable> queuedAdditions = new ArrayList<>();

  MapRebuild(Draft draft) {
    this.draft = draft;
    this.memslots = new Memslots(draft);
  }

  void run() {
    List<AddressSpace> old = draft.state().spaces().spaces();
    FlatViewSharing sharing = draft.model().sharing();
    switch (sharing) {
      case PER_ROOT -> {
        roots().forEach(this::build);
        for (int i = 0; i < old.size(); i++) {
          follow(old, i);
        }
      }
      case PER_ADDRESS_SPACE -> {
        Set<String> built = new LinkedHashSet<>();
        for (int i = 0; i < old.size(); i++) {
          if (built.add(old.get(i).root())) {
            build(old.get(i).root());
          }
          follow(old, i);
        }
      }
    }
    queuedRemovals.forEach(Runnable::run);
    queuedAdditions.forEach(Runnable::run);
  }

  private Set<String> roots() {
    Set<String> roots = new LinkedHashSet<>();
    QemuState state = draft.state();
    for (AddressSpace space : state.spaces().spaces()) {
      @Nullable String root = draft.model().sharing().rootOf(state.tree(), space.root());
      if (root != null) {
        roots.add(root);
      }
    }
    return roots;
  }

  void build(String root) {
    String view = "view-" + draft.state().spaces().built();
    draft.add(new FlatViewBuilt(view, root), draft.model().sharing().rule());
  }

  /** Lets the listener of address space {@code i} hear what changed, then drops its old view. */
  private void follow(List<AddressSpace> old, int i) {
    AddressSpace before = old.get(i);
    AddressSpace now = current(before);
    FlatView view = now.view();
    if (before.view().id().equals(view.id())) {
      return;
    }
    if (now.kvmAddressSpace() >= 0) {
      ViewDiff diff = ViewDiff.between(before.view().ranges(), view.ranges());
      tell(now.kvmAddressSpace(), diff);
    }
    drop(old, i);
  }

  private void drop(List<AddressSpace> old, int i) {
    FlatView view = old.get(i).view();
    boolean stays = view.id().equals(FlatView.EMPTY.id());
    for (int later = i + 1; later < old.size(); later++) {
      stays |= old.get(later).view().id().equals(view.id());
    }
    if (!stays) {
      draft.add(new FlatViewDropped(view.id(), view.root(), false), draft.model().sharing().rule());
    }
  }

  private AddressSpace current(AddressSpace before) {
    AddressSpace now = draft.state().space(before.name());
    return now == null ? before : now;
  }

  private void tell(int kvmAddressSpace, ViewDiff diff) {
    for (ViewRange range : diff.removed()) {
      inTime(queuedRemovals, () -> memslots.remove(kvmAddressSpace, range));
    }
    for (Kept kept : diff.kept()) {
      if (kept.added()) {
        inTime(queuedAdditions, () -> memslots.add(kvmAddressSpace, kept.range()));
      } else if ((kept.oldMask() == 0) != (kept.range().dirtyMask() == 0)) {
        memslots.updateFlags(kvmAddressSpace, kept.range());
      }
    }
  }

  private void inTime(List<Runnable> queue, Runnable change) {
    if (draft.model().timing() == ListenerTiming.AT_COMMIT) {
      queue.add(change);
    } else {
      change.run();
    }
  }
}
