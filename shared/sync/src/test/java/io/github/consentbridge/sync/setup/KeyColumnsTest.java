package io.github.consentbridge.sync.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.connectors.dataverse.metadata.TableMetadata;
import io.github.consentbridge.connectors.didomi.DidomiUser;
import io.github.consentbridge.mapping.document.AttributeName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyColumnsTest {
    private static final String GUID = "5f2d7c1e-8a34-4b90-9c6d-1e7f3a2b4c5d";

    private static KeyColumns of(Set<String> keys, String... ids) {
        List<LabelledColumn> columns =
                List.of(Columns.text("new_didomiid"), Columns.text("emailaddress1"), Columns.text("lastname"));
        List<DidomiUser> users = Stream.of(ids)
                .map(id -> new DidomiUser("u", id, 1, null, null, "{}"))
                .toList();
        return KeyColumns.of(columns, new TableMetadata(true, true, keys), users);
    }

    private static List<String> names(KeyColumns keys) {
        return keys.candidates().stream().map(AttributeName::logicalName).toList();
    }

    @Test
    void contactIdIsTheDefault() {
        KeyColumns keys = of(Set.of("new_didomiid"), GUID);

        assertThat(names(keys)).containsExactly("contactid", "new_didomiid");
        assertThat(keys.suggested()).isEqualTo(AttributeName.CONTACT_ID);
        assertThat(of(Set.of()).suggested()).isEqualTo(AttributeName.CONTACT_ID);
        assertThat(of(Set.of()).remark()).isEmpty();
    }

    @Test
    void idsThatAreNoGuidsNeedTheAlternateKey() {
        KeyColumns keys = of(Set.of("new_didomiid", "emailaddress1"), "customer-81", "customer-82");

        assertThat(keys.suggested().logicalName()).isEqualTo("new_didomiid");
        assertThat(keys.remark()).isEmpty();
    }

    @Test
    void withoutOneStableAlternateKeyItIsSaid() {
        KeyColumns keys = of(Set.of("emailaddress1"), "ada@example.org", "grace@example.org", GUID);

        assertThat(names(keys)).containsExactly("contactid", "emailaddress1");
        assertThat(keys.suggested()).isEqualTo(AttributeName.CONTACT_ID);
        assertThat(keys.remark())
                .hasValueSatisfying(remark -> assertThat(remark).startsWith("2 of 3 Didomi users"));
    }
}
