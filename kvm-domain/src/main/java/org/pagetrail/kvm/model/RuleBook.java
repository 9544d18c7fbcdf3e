package org.pagetrail.kvm.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.model.arm.BlockSize;
import org.pagetrail.kvm.model.arm.DeviceGuard;
import org.pagetrail.kvm.model.arm.DeviceMemoryType;
import org.pagetrail.kvm.model.arm.DevicePermission;
import org.pagetrail.kvm.model.arm.DeviceRule;
import org.pagetrail.kvm.model.arm.DirtyLogging;
import org.pagetrail.kvm.model.arm.ErrorPfn;
import org.pagetrail.kvm.model.arm.ExecOnDevice;
import org.pagetrail.kvm.model.arm.ExecPermission;
import org.pagetrail.kvm.model.arm.FaultTypes;
import org.pagetrail.kvm.model.arm.Install;
import org.pagetrail.kvm.model.arm.MissingSyndrome;
import org.pagetrail.kvm.model.arm.PermissionFault;
import org.pagetrail.kvm.model.arm.PfnmapBlock;
import org.pagetrail.kvm.model.arm.Poison;
import org.pagetrail.kvm.model.arm.RelaxAddress;
import org.pagetrail.kvm.model.arm.SlotMiss;
import org.pagetrail.kvm.model.arm.WriteFault;
import org.pagetrail.kvm.model.lookup.MmioPredicate;
import org.pagetrail.kvm.model.lookup.PfnLookup;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.lookup.ReferenceRelease;
import org.pagetrail.kvm.model.lookup.RemappedPfn;
import org.pagetrail.kvm.model.lookup.ZeroPage;
import org.pagetrail.kvm.model.mm.ChangePte;
import org.pagetrail.kvm.model.mm.ChangePteEffect;
import org.pagetrail.kvm.model.mm.HostRule;
import org.pagetrail.kvm.model.mm.HugeCopy;
import org.pagetrail.kvm.model.mm.HugeZeroPagemap;
import org.pagetrail.kvm.model.mm.HugeZeroWrite;
import org.pagetrail.kvm.model.mm.HugetlbDontneed;
import org.pagetrail.kvm.model.mm.HugetlbFork;
import org.pagetrail.kvm.model.mm.HugetlbZap;
import org.pagetrail.kvm.model.mm.KsmFlag;
import org.pagetrail.kvm.model.mm.PopulateAdvice;
import org.pagetrail.kvm.model.mm.ThpFlag;
import org.pagetrail.kvm.model.port.EntryBlock;
import org.pagetrail.kvm.model.port.EntryLogging;
import org.pagetrail.kvm.model.port.EntryPermission;
import org.pagetrail.kvm.model.port.EntryType;
import org.pagetrail.kvm.model.port.LookupFailure;
import org.pagetrail.kvm.model.port.NoSlotAccess;
import org.pagetrail.kvm.model.port.ReadOnlyWrite;
import org.pagetrail.kvm.model.port.StaleLookup;
import org.pagetrail.kvm.model.slot.CacheablePfnmapSlot;
import org.pagetrail.kvm.model.slot.InvalidSlot;
import org.pagetrail.kvm.model.slot.IpaLimit;
import org.pagetrail.kvm.model.slot.PfnmapAtCreation;
import org.pagetrail.kvm.model.slot.PfnmapLogging;
import org.pagetrail.kvm.model.slot.PfnmapPermission;
import org.pagetrail.kvm.model.slot.ReadOnlyMapping;
import org.pagetrail.kvm.model.slot.ReadOnlySlots;
import org.pagetrail.kvm.model.slot.SlotCount;
import org.pagetrail.kvm.model.slot.SlotFlush;
import org.pagetrail.kvm.model.slot.SlotLogging;
import org.pagetrail.kvm.model.slot.SlotRule;
import org.pagetrail.kvm.model.slot.UserRange;
import org.pagetrail.kvm.model.x86.EagerSplit;
import org.pagetrail.kvm.model.x86.HostMmio;
import org.pagetrail.kvm.model.x86.X86Rule;

/** Every rule that there is, by its identity. */
public final class RuleBook {

  /** Questions that history answered differently: a kernel holds one constant of each. */
  private static final List<Class<? extends Rule>> QUESTIONS =
      List.of(
          PfnLookup.class,
          RemappedPfn.class,
          MmioPredicate.class,
          ReferenceRelease.class,
          PfnValid.class,
          DeviceRule.class,
          DeviceGuard.class,
          DevicePermission.class,
          DeviceMemoryType.class,
          WriteFault.class,
          FaultTypes.class,
          SlotMiss.class,
          MissingSyndrome.class,
          ErrorPfn.class,
          Poison.class,
          PermissionFault.class,
          ExecPermission.class,
          ExecOnDevice.class,
          Install.class,
          RelaxAddress.class,
          BlockSize.class,
          PfnmapBlock.class,
          DirtyLogging.class,
          HostMmio.class,
          EagerSplit.class,
          NoSlotAccess.class,
          ReadOnlyWrite.class,
          StaleLookup.class,
          LookupFailure.class,
          EntryType.class,
          EntryPermission.class,
          EntryBlock.class,
          EntryLogging.class,
          ReadOnlySlots.class,
          InvalidSlot.class,
          SlotCount.class,
          IpaLimit.class,
          UserRange.class,
          ReadOnlyMapping.class,
          PfnmapAtCreation.class,
          PfnmapPermission.class,
          PfnmapLogging.class,
          CacheablePfnmapSlot.class,
          SlotFlush.class,
          SlotLogging.class,
          ChangePte.class,
          ChangePteEffect.class,
          HugeZeroWrite.class,
          HugeCopy.class,
          HugetlbZap.class,
          KsmFlag.class,
          PopulateAdvice.class,
          HugetlbDontneed.class,
          HugetlbFork.class,
          HugeZeroPagemap.class,
          ThpFlag.class);

  /** What holds in every release. */
  private static final List<Class<? extends Rule>> LAWS =
      List.of(KvmRule.class, X86Rule.class, SlotRule.class, HostRule.class, ZeroPage.class);

  private static final Map<String, Rule> BY_ID = new TreeMap<>();

  static {
    List<Class<? extends Rule>> all = new ArrayList<>(QUESTIONS);
    all.addAll(LAWS);
    for (Class<? extends Rule> question : all) {
      for (Rule rule : question.getEnumConstants()) {
        if (BY_ID.put(rule.id(), rule) != null) {
          throw new IllegalStateException("two rules are called " + rule.id());
        }
      }
    }
  }

  private RuleBook() {}

  /** All rules, by identity. */
  public static Collection<Rule> all() {
    return List.copyOf(BY_ID.values());
  }

  /** The rule of this identity, or null. */
  public static @Nullable Rule named(String id) {
    return BY_ID.get(id);
  }

  /** The rules that answer the same question as this one; itself alone if it holds always. */
  public static List<Rule> alternatives(Rule rule) {
    Class<?> question = ((Enum<?>) rule).getDeclaringClass();
    List<Rule> found = new ArrayList<>();
    if (!isQuestion(rule)) {
      return List.of(rule);
    }
    for (Rule other : BY_ID.values()) {
      if (((Enum<?>) other).getDeclaringClass() == question) {
        found.add(other);
      }
    }
    return found;
  }

  /** True if kernels differ in this rule's place. */
  public static boolean isQuestion(Rule rule) {
    return QUESTIONS.contains(((Enum<?>) rule).getDeclaringClass());
  }
}
