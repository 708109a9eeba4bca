package io.github.consentbridge.sync.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.connectors.didomi.DidomiCatalog;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Preference;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Purpose;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MappingProposalsTest {
    private static final List<Value> FREQUENCIES =
            List.of(new Value("w-8Kd2", List.of("Weekly")), new Value("m-1Xq7", List.of("Monthly")));

    private static List<Proposal> propose(List<MappableValue> values, LabelledColumn... columns) {
        return MappingProposals.of(values, List.of(columns));
    }

    private static List<MappableValue> purposes(String... ids) {
        List<Purpose> purposes =
                Stream.of(ids).map(id -> new Purpose(id, List.of())).toList();
        return MappableValue.of(new DidomiCatalog(purposes, List.of()));
    }

    private static List<MappableValue> preference(boolean several, String... purposes) {
        Preference preference =
                new Preference("frequency", List.of("How often?"), several, FREQUENCIES, List.of(purposes));
        return MappableValue.of(new DidomiCatalog(List.of(), List.of(preference)));
    }

    private static List<String> columns(Proposal proposal) {
        return proposal.candidates().stream()
                .map(choice -> choice.column().name())
                .toList();
    }

    @Test
    void purposeGetsTheYesNoColumnOfItsName() {
        Proposal proposal = propose(
                        purposes("newsletter"),
                        Columns.text("newsletter"),
                        Columns.readOnly("new_newsletters"),
                        Columns.yesNo("new_newsletter"))
                .get(0);

        assertThat(columns(proposal)).containsExactly("new_newsletter");
        assertThat(proposal.isCertain()).isTrue();
        assertThat(proposal.candidates().get(0).invert()).isFalse();
    }

    @Test
    void dataversesOwnColumnsOfRefusalAreInverted() {
        List<Proposal> proposals = propose(
                purposes("email", "marketing"),
                Columns.yesNo("donotemail", "Do not allow Emails"),
                Columns.yesNo("donotsendmm", "Send Marketing Materials"));

        assertThat(proposals)
                .allSatisfy(proposal ->
                        assertThat(proposal.candidates()).singleElement().matches(ColumnChoice::invert));
        assertThat(proposals).extracting(Proposal::isCertain).containsExactly(true, false);
    }

    /** Whether yes means refusal in a company's own column is a guess. */
    @Test
    void ownColumnOfRefusalIsInvertedAndNotCertain() {
        Proposal proposal =
                propose(purposes("calls"), Columns.yesNo("new_donotcall")).get(0);

        assertThat(proposal.candidates()).singleElement().matches(ColumnChoice::invert);
        assertThat(proposal.isCertain()).isFalse();
    }

    @Test
    void purposeThatIsWordedAsRefusalIsNotInvertedTwice() {
        Proposal proposal = propose(purposes("opt_out_of_profiling"), Columns.yesNo("new_profilingoptout"))
                .get(0);

        assertThat(proposal.candidates()).singleElement().matches(choice -> !choice.invert());
        assertThat(proposal.isCertain()).isFalse();
    }

    @Test
    void twoColumnsOfOneNameAreBothShownAndNoneIsCertain() {
        Proposal proposal = propose(
                        purposes("newsletter"), Columns.yesNo("new_newsletter"), Columns.yesNo("acme_newsletter"))
                .get(0);

        assertThat(columns(proposal)).containsExactly("acme_newsletter", "new_newsletter");
        assertThat(proposal.isCertain()).isFalse();
        assertThat(proposal.whyLeftOut()).contains("acme_newsletter or new_newsletter");
    }

    @Test
    void twoPurposesOfOneNameAreNotCertain() {
        List<Proposal> proposals = propose(purposes("newsletter", "newsletters"), Columns.yesNo("new_newsletter"));

        assertThat(proposals).extracting(Proposal::isCertain).containsOnly(false);
    }

    @Test
    void columnThatCertainlyBelongsToOnePurposeIsNotProposedForAnother() {
        List<Proposal> proposals = propose(
                purposes("newsletter", "partner_newsletter"),
                Columns.yesNo("new_newsletter"),
                Columns.yesNo("donotbulkemail"));

        assertThat(columns(proposals.get(0))).startsWith("new_newsletter");
        assertThat(proposals.get(0).isCertain()).isTrue();
        assertThat(columns(proposals.get(1))).doesNotContain("new_newsletter");
        assertThat(proposals.get(1).whyLeftOut()).isEqualTo("no column that can show it has a similar name");
    }

    @Test
    void optionsComeFromTheLabels() {
        Proposal proposal = propose(
                        preference(false, "newsletter"),
                        Columns.choice("new_frequency", "Never", "monthly", "Weekly"),
                        Columns.yesNo("new_frequencyknown"))
                .get(0);

        assertThat(proposal.value().id()).isEqualTo("newsletter/frequency");
        assertThat(proposal.isCertain()).isTrue();
        assertThat(proposal.candidates().get(0).options())
                .isEqualTo(Map.of("w-8Kd2", 100_000_003, "m-1Xq7", 100_000_002));
    }

    @Test
    void answerWithoutAnOptionIsNamed() {
        Proposal proposal = propose(preference(false, "newsletter"), Columns.choice("new_frequency", "Weekly", "Daily"))
                .get(0);

        assertThat(proposal.isCertain()).isFalse();
        assertThat(proposal.candidates().get(0).unmatched()).isEqualTo(Map.of("m-1Xq7", "Monthly"));
        assertThat(proposal.whyLeftOut()).isEqualTo("new_frequency has no option for Monthly");
    }

    @Test
    void severalAnswersNeedAColumnForSeveral() {
        List<Proposal> proposals = propose(
                preference(true, "newsletter"),
                Columns.choice("new_frequency", "Weekly", "Monthly"),
                Columns.choices("new_frequencies", "Weekly", "Monthly"));

        assertThat(columns(proposals.get(0))).doesNotContain("new_frequency");
    }

    /** Its column would have to show two answers. */
    @Test
    void preferenceOfTwoPurposesIsNotCertain() {
        List<Proposal> proposals = propose(
                preference(false, "newsletter", "offers"), Columns.choice("new_frequency", "Weekly", "Monthly"));

        assertThat(proposals).extracting(Proposal::isCertain).containsExactly(false, false);
    }

    @Test
    void preferenceOfUnknownPurposeBelongsToTheOnlyOne() {
        Preference preference = new Preference("frequency", List.of(), false, FREQUENCIES, List.of());
        List<Purpose> one = List.of(new Purpose("newsletter", List.of()));
        List<Purpose> two = List.of(one.get(0), new Purpose("offers", List.of()));

        assertThat(MappableValue.of(new DidomiCatalog(one, List.of(preference))))
                .extracting(MappableValue::id)
                .containsExactly("newsletter", "newsletter/frequency");
        assertThat(MappableValue.of(new DidomiCatalog(two, List.of(preference))))
                .extracting(MappableValue::id)
                .containsExactly("newsletter", "offers", "frequency");
    }

    @Test
    void purposeFitsAChoiceColumnWithNumbersForYesAndNoAndNoTextColumn() {
        MappableValue newsletter = purposes("newsletter").get(0);

        assertThat(ColumnChoice.of(newsletter, Columns.text("new_newsletter"))).isEmpty();
        assertThat(ColumnChoice.of(newsletter, Columns.readOnly("new_newsletter")))
                .isEmpty();
        assertThat(ColumnChoice.of(newsletter, Columns.choice("new_newsletter", "On", "Off")))
                .hasValueSatisfying(choice ->
                        assertThat(choice.unmatched()).isEqualTo(Map.of("true", "granted", "false", "refused")));
    }
}
