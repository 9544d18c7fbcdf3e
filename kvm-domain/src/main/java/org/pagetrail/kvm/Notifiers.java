package org.pagetrail.kvm;

import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.model.KvmRule;
import org.pagetrail.kvm.model.arm.ExecPermission;
import org.pagetrail.kvm.model.arm.Install;
import org.pagetrail.kvm.model.mm.ChangePte;
import org.pagetrail.kvm.model.mm.ChangePteEffect;
import org.pagetrail.kvm.slot.Memslot;

/** What KVM does when the host announces a change of memory. */
final class Notifiers {
  private static final int ENOMEM = 12;
  private static final int NO_VCPU = -1;

  private Notifiers() {}

  /** Removes from stage 2 what shows the range. */
  static void invalidate(Draft draft, HvaRange range) {
    for (GpaRange part : draft.state().slots().behind(range)) {
      draft.decide(new Stage2Unmapped(part), KvmRule.NOTIFIER_UNMAPS, Input.of("hva", range));
    }
  }

  /** Maps the page that took another's place, read-only, if its table is still there. */
  static void changeEntry(Draft draft, Hva hva) {
    ChangePteEffect rule = draft.model().rule(ChangePteEffect.class);
    boolean told = draft.model().rule(ChangePte.class) == ChangePte.NOTIFIED;
    HostPages page = draft.host().pageAt(hva);
    Pfn pfn = page == null ? null : page.frame();
    if (!told || page == null || pfn == null) {
      return;
    }
    for (GpaRange part : draft.state().slots().behind(HvaRange.pageOf(hva))) {
      Gpa gpa = part.start();
      if (rule == ChangePteEffect.NEVER_TOLD || rule == ChangePteEffect.REPLACES_PRESENT) {
        // What was there to be replaced has gone with the invalidation that this call lies within.
        continue;
      }
      if (rule.isUnknown()) {
        draft.decide(new Undecided(NO_VCPU, gpa, rule.text().openQuestion()), rule);
        continue;
      }
      boolean table = draft.state().stage2().hasTable(gpa);
      draft.decide(
          new Stage2Mapped(
              gpa,
              ByteSize.PAGE,
              pfn,
              permsOf(draft, rule, gpa, page),
              rule == ChangePteEffect.MAPS_IF_TABLE ? MemoryType.NORMAL : MemoryType.NONE,
              table ? 0 : -ENOMEM),
          rule,
          Input.of("table", table));
    }
  }

  /**
   * Read-only; arm's kernels made it executable as they made all memory, while they set entries.
   */
  private static Perms permsOf(Draft draft, ChangePteEffect rule, Gpa gpa, HostPages page) {
    if (rule == ChangePteEffect.MIPS_MAPS_AS_HOST) {
      return asHost(draft, gpa, page);
    }
    boolean sets =
        draft.model().answers(Install.class)
            && draft.model().rule(Install.class) == Install.SET_ENTRY;
    boolean executes =
        sets
            && draft
                .model()
                .rule(ExecPermission.class)
                .isExecutable(false, draft.state().machine().dic());
    return new Perms(true, false, executes);
  }

  private static Perms asHost(Draft draft, Gpa gpa, HostPages page) {
    Memslot slot = draft.state().slots().at(gpa);
    boolean held = slot == null || slot.flags().isReadOnly() || slot.flags().logsDirty();
    return new Perms(true, page.writable() && !held, true);
  }
}
