package org.pagetrail.app.matrix;

import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.lookup.FrameFacts;
import org.pagetrail.kvm.model.lookup.MmioPredicate;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.lookup.ZeroPage;
import org.pagetrail.kvm.model.port.EntryType;

/**
 * What the zero page is to a kernel without fixes.
 *
 * @param valid pfn_valid
 * @param reserved PageReserved
 * @param mmio what the generic predicate says: yes, no, or gone where there is none
 * @param askedFor the rule that chooses the memory type
 * @param mapped how it is mapped when the guest reads it
 * @param origin why it is valid and reserved
 * @param source where that is known from
 */
public record ZeroPageFacts(
    boolean valid,
    boolean reserved,
    String mmio,
    String askedFor,
    String mapped,
    String origin,
    String source) {

  static ZeroPageFacts of(KernelModel kernel) {
    FrameFacts facts = FrameFacts.of(PageKind.ZERO_PAGE, kernel.rule(PfnValid.class), false);
    MmioPredicate predicate = kernel.rule(MmioPredicate.class);
    String mmio = predicate == MmioPredicate.GONE ? "gone" : predicate.isMmio(facts) ? "yes" : "no";
    Scenario untouched = Scenarios.named("zero-page-rw-read");
    ScenarioRun.Result run = ScenarioRun.play(kernel, untouched);
    String askedFor =
        kernel.answers(EntryType.class) ? kernel.rule(EntryType.class).id() : run.reason();
    ZeroPage origin = ZeroPage.of(kernel.arch());
    return new ZeroPageFacts(
        facts.valid(),
        facts.reserved(),
        mmio,
        askedFor,
        run.outcome(),
        origin.text().sentence(),
        origin.text().source());
  }
}
