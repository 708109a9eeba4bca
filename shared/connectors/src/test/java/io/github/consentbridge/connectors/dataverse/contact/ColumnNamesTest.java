package io.github.consentbridge.connectors.dataverse.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnNamesTest {
    private static final List<String> SENT = List.of("new_news", "new_newsletter", "new_tips", "description");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Caller user does not have update permissions for the new_news attribute(s) on entity contact. | new_news
            Caller user does not have update permissions for the new_tips, new_news attribute(s) on entity contact. | new_news, new_tips
            Caller user does not have create permissions for the new_newsletter secured attribute on entity contact. | new_newsletter
            The length of the 'new_newsletter' attribute of the 'contact' entity exceeded the maximum allowed length of '10'. | new_newsletter
            The value 7 of 'new_tips' on record of type 'contact' is outside the valid range. Accepted Values: 1,2 | new_tips
            Invalid property 'New_News' was found in entity 'Microsoft.Dynamics.CRM.contact'. | new_news
            Please fill in new_tips before. | new_tips
            Attribute: description, is locked. | description
            The 'description' attribute is locked. | description
            See the description of this rule in the handbook. | ''
            Caller user does not have update permissions for the new_other attribute(s) on entity contact. | ''
            The user does not have create permissions to a secured field. | ''
            '' | ''
            """)
    void onlyColumnsOfTheRequestAreFound(String message, String columns) {
        assertThat(String.join(", ", ColumnNames.in(message == null ? "" : message, SENT)))
                .isEqualTo(columns == null ? "" : columns);
    }
}
