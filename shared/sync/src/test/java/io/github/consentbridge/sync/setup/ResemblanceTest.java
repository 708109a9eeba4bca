package io.github.consentbridge.sync.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.DidomiPath;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResemblanceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "newsletter          | -                                 | new_newsletter        | -                        | SAME",
                "newsletter          | -                                 | acme_newsletteroptin  | -                        | SAME",
                "newsletter-Ab3dE    | I want to receive the newsletters | cr4f2_field17         | Newsletter consent       | SAME",
                "p1                  | Événements                        | new_evenements        | -                        | SAME",
                "product_news        | -                                 | new_ProductNews       | -                        | SAME",
                "email               | -                                 | donotemail            | Do not allow Emails      | SAME",
                "p2                  | E-mail                            | donotemail            | Do not allow Emails      | SAME",
                "bulk_email          | -                                 | donotbulkemail        | -                        | SAME",
                "newsletter          | -                                 | donotbulkemail        | Do not allow Bulk Emails | USUAL",
                "marketing           | -                                 | donotsendmm           | Send Marketing Materials | USUAL",
                "phone_marketing     | -                                 | donotphone            | Do not allow Phone Calls | USUAL",
                "newsletter          | -                                 | new_newslettermonthly | -                        | PART",
                "partner_newsletter  | -                                 | new_newsletter        | -                        | PART",
                "email               | -                                 | followemail           | Follow Email Activity    | NONE",
                "email_marketing     | -                                 | followemail           | Follow Email Activity    | NONE",
                "analytics           | -                                 | new_newsletter        | -                        | NONE",
                "consent             | -                                 | new_consent           | -                        | NONE",
                "cookies             | -                                 | new_island            | Is land                  | NONE"
            })
    void namesAreComparedByWhatTheyAreAbout(String id, String name, String column, String label, Resemblance expected) {
        MappableValue value = new MappableValue(
                new DidomiPath.Purpose(id), name == null ? List.of(id) : List.of(id, name), List.of(), false);

        assertThat(Resemblance.of(value, label == null ? Columns.yesNo(column) : Columns.yesNo(column, label)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "new_donotcall,true",
        "Do not contact,true",
        "new_optout,true",
        "Newsletter opted out,true",
        "Unsubscribed,true",
        "Keine Werbung,true",
        "new_notifications,false",
        "new_nottingham,false",
        "Notebook,false"
    })
    void refusalIsReadFromTheName(String name, boolean refuses) {
        assertThat(Phrase.refuses(name)).isEqualTo(refuses);
    }
}
