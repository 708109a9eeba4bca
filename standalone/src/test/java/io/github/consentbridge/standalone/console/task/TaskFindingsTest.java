package io.github.consentbridge.standalone.console.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.Difference.Shown;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskFindingsTest {
    private static final FindingQuery ALL = new FindingQuery(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Instant AT = Instant.parse("2026-10-02T08:15:30Z");

    private static Difference difference(int person, String reason) {
        return new Difference(
                "person" + person + "@example.org",
                null,
                "new_newsletter",
                Side.DYNAMICS,
                new Shown(ConsentValue.of(true), AT),
                new Shown(null, null),
                null,
                Side.DIDOMI,
                reason,
                false);
    }

    @Test
    void furtherFindingsAreOnlyCounted() {
        TaskFindings findings = new TaskFindings(3);

        for (int person = 0; person < 10; person++) {
            findings.add(difference(person, "only Didomi has a choice"));
            findings.addFailed("failed" + person, "no luck");
        }

        JsonNode kept = findings.differences(ALL, 0, 50);
        assertThat(findings.kept()).isEqualTo(3);
        assertThat(kept.path("items")).hasSize(2);
        assertThat(kept.path("truncated").asBoolean()).isTrue();
        assertThat(findings.failed(ALL, 0, 50).path("truncated").asBoolean()).isTrue();
        assertThat(findings.summary().path("total").asInt()).isEqualTo(10);
        assertThat(findings.summary().at("/by/0/count").asInt()).isEqualTo(10);
    }

    @Test
    void reasonsThatDifferInTheirTimeAreCountedTogether() {
        TaskFindings findings = new TaskFindings();

        findings.add(difference(1, "newer than the choice in Dynamics of 2026-10-01T00:00:00Z"));
        findings.add(difference(2, "newer than the choice in Dynamics of 2026-09-01T12:30:00.250Z"));

        assertThat(findings.summary().path("by")).hasSize(1);
        String general = findings.summary().at("/by/0/reason").asText();
        FindingQuery ofReason = new FindingQuery(Optional.empty(), Optional.of(general), Optional.empty());
        assertThat(findings.differences(ofReason, 0, 50).path("total").asInt()).isEqualTo(2);
    }

    @Test
    void groupsAreBoundedToo() {
        TaskFindings findings = new TaskFindings(0);

        for (int person = 0; person < 2000; person++) {
            findings.add(difference(person, "another reason " + person));
        }

        assertThat(findings.summary().path("by")).hasSizeLessThanOrEqualTo(501);
        assertThat(findings.summary().path("total").asInt()).isEqualTo(2000);
    }

    @Test
    void forgottenFindingsStayCounted() {
        TaskFindings findings = new TaskFindings();
        findings.add(difference(1, "only Didomi has a choice"));

        findings.forget();

        assertThat(findings.kept()).isZero();
        assertThat(findings.summary().path("total").asInt()).isEqualTo(1);
        assertThat(findings.differences(ALL, 0, 50).path("truncated").asBoolean())
                .isTrue();
    }
}
