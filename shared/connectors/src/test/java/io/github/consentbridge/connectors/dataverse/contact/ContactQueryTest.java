package io.github.consentbridge.connectors.dataverse.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactQueryTest {
    @Test
    void selectsColumnsKeyAndWhatEveryRowHasOnce() {
        List<String> paths = ContactQuery.paths(
                "emailaddress1", List.of("ana@x.example"), List.of("new_newsletter", "emailaddress1", "modifiedon"));

        assertThat(paths)
                .containsExactly(
                        "/contacts?$select=new_newsletter,emailaddress1,modifiedon,contactid,statecode,versionnumber"
                                + "&$filter=Microsoft.Dynamics.CRM.In(PropertyName=@p,PropertyValues=@v)&@p='emailaddress1'"
                                + "&@v=%5B%22ana%40x.example%22%5D");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "O'Brien %5B%22O%27Brien%22%5D",
                "user+news@example.com %5B%22user%2Bnews%40example.com%22%5D",
                "50%off&x=1#y %5B%2250%25off%26x%3D1%23y%22%5D",
                "a/b %5B%22a%2Fb%22%5D",
                "a\\b %5B%22a%5C%5Cb%22%5D",
                "say\"hi\" %5B%22say%5C%22hi%5C%22%22%5D",
                "`a b` %5B%22a%20b%22%5D",
                "Renée %5B%22Ren%C3%A9e%22%5D",
                "météo %5B%22m%C3%A9t%C3%A9o%22%5D",
                "me\u0301te\u0301o %5B%22me%CC%81te%CC%81o%22%5D",
                "日本語 %5B%22%E6%97%A5%E6%9C%AC%E8%AA%9E%22%5D",
                "6f0c0000-0000-4000-8000-00000000000a %5B%226f0c0000-0000-4000-8000-00000000000a%22%5D",
            })
    void keysArePercentEncodedJsonStrings(String key, String alias) {
        List<String> paths = ContactQuery.paths("new_key", List.of(key), List.of());

        assertThat(paths).hasSize(1);
        assertThat(paths.get(0)).endsWith("&@v=" + alias);
        assertThat(URI.create("https://x.example" + paths.get(0))).isNotNull();
    }

    @Test
    void requestHasAtMostTwoHundredKeys() {
        List<String> keys = IntStream.range(0, 450).mapToObj(i -> "k" + i).toList();

        List<String> paths = ContactQuery.paths("new_key", keys, List.of());

        assertThat(paths).hasSize(3);
        assertThat(paths.get(2)).contains("%22k400%22").contains("%22k449%22").doesNotContain("%22k399%22");
    }

    @Test
    void repeatedKeysAreSearchedOnce() {
        List<String> paths = ContactQuery.paths("new_key", Collections.nCopies(300, "same"), List.of());

        assertThat(paths).hasSize(1);
        assertThat(paths.get(0)).containsOnlyOnce("same");
    }

    @Test
    void longKeysAreSplitOverSeveralUrls() {
        List<String> keys =
                IntStream.range(0, 100).mapToObj(i -> i + "é".repeat(200)).toList();

        List<String> paths = ContactQuery.paths("new_key", keys, List.of());

        assertThat(paths).hasSizeGreaterThan(1).allMatch(path -> path.length() < 32_000);
        assertThat(paths.stream().mapToLong(path -> path.split("%22%2C%22", -1).length))
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(100));
    }

    @Test
    void noKeysNeedNoRequest() {
        assertThat(ContactQuery.paths("new_key", List.of(), List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "contactid, 6f0c0000-0000-4000-8000-00000000000a, true",
        "contactid, 6F0C0000-0000-4000-8000-00000000000A, true",
        "contactid, 6f0c0000000040008000000000000000a, false",
        "contactid, ana@x.example, false",
        "contactid, '', false",
        "contactid, 1-1-1-1-1, false",
        "new_key, ana@x.example, true",
        "new_key, '', false",
        "new_key, ' ', false",
    })
    void searchableKeysAreRecognised(String column, String key, boolean searchable) {
        assertThat(DataverseClient.isSearchable(column, key)).isEqualTo(searchable);
    }

    @Test
    void unpairedSurrogateIsNotSearchable() {
        assertThat(DataverseClient.isSearchable("new_key", "a\ud800")).isFalse();
    }

    @Test
    void keyTooLongForAUrlIsNotSearchable() {
        assertThat(DataverseClient.isSearchable("new_key", "é".repeat(4000))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContactQuery.paths("new_key", List.of("é".repeat(4000)), List.of()));
    }

    @Test
    void keyThatIsNotAGuidIsRefusedBeforeTheRequest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContactQuery.paths(
                        "contactid", List.of("6f0c0000-0000-4000-8000-00000000000a", "ana@x.example"), List.of()))
                .withMessageNotContaining("ana");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new_key'", "a,b", "a)&$top=1", "A"})
    void columnNamesCannotChangeTheQuery(String column) {
        assertThatIllegalArgumentException().isThrownBy(() -> ContactQuery.paths(column, List.of("x"), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContactQuery.paths("new_key", List.of("x"), List.of(column)));
    }
}
