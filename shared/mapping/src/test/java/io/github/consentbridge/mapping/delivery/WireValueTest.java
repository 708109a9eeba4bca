package io.github.consentbridge.mapping.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of a column's value. */
class WireValueTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static WireValue read(String json) throws Exception {
        return WireValue.of(MAPPER.readTree(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            true                                                                        | true
            17                                                                          | 17
            10.12                                                                       | 10.12
            'weekly'                                                                    | weekly
            {'__type':'OptionSetValue:http://x','Value':342490000}                      | 342490000
            {'Value':2}                                                                 | 2
            {'__type':'Money:http://x','Value':1200.5}                                  | 1200.5
            {'__type':'EntityReference:http://x','Id':'ab','LogicalName':'contact'}     | ab
            {'Id':'ab','LogicalName':'contact','Name':null}                             | ab
            [{'__type':'OptionSetValue:http://x','Value':9},{'Value':1},{'Value':9}]    | 1,9
            [9,1]                                                                       | 1,9
            {'__type':'OptionSetValueCollection:http://x','__value':[{'Value':9},{'Value':1}]} | 1,9
            {'__type':'Guid:#System','__value':'ec4e2f7d-9d60-e811-a95a-000d3af24950'}  | ec4e2f7d-9d60-e811-a95a-000d3af24950
            {'__type':'Boolean:#System','__value':false}                                | false
            {'__type':'DateTime:#System','__value':'\\/Date(1527757524000)\\/'}         | 2018-05-31T09:05:24Z
            {'__type':'OptionSetValue:http://x','Value':{'__type':'Int32:#System','__value':4}} | 4
            '\\/Date(1772352000000)\\/'                                                 | 2026-03-01T08:00:00Z
            '\\/Date(1772352000000+0200)\\/'                                            | 2026-03-01T08:00:00Z
            '\\/Date(1772352000000-0730)\\/'                                            | 2026-03-01T08:00:00Z
            '\\/Date(-86400000)\\/'                                                     | 1969-12-31T00:00:00Z
            {'__type':':http://x','Value':2}                                            | 2
            '2026-03-01T08:00:00Z'                                                      | 2026-03-01T08:00:00Z
            '/Date(soon)/'                                                              | /Date(soon)/
            """)
    void readableFormsBecomeWebApiValues(String json, String expected) throws Exception {
        WireValue value = read(json);

        assertThat(value.unknownType()).isNull();
        assertThat(Objects.toString(value.value())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'__type':'BooleanManagedProperty:http://x','Value':true}                   | BooleanManagedProperty
            {'__type':'EntityCollection:http://x','Entities':[]}                        | EntityCollection
            {'__type':'OptionSetValue:http://x','Value':null}                           | OptionSetValue
            {'__type':'OptionSetValue:http://x'}                                        | OptionSetValue
            {'__type':'Guid:#System','__value':null}                                    | Guid
            {'__type':'Color:#System.Drawing','__value':'red'}                          | Color
            {'__type':'<b>Odd\\n type</b>:x'}                                           | bOddtypeb
            [{'__type':'EntityReference:http://x','Id':'ab','LogicalName':'contact'}]   | list
            [[1]]                                                                       | list
            {}                                                                          | object
            """)
    void unreadableFormsAreNamedAndNotEmpty(String json, String type) throws Exception {
        WireValue value = read(json);

        assertThat(value.value()).isNull();
        assertThat(value.unknownType()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            null
            []
            """)
    void nullIsEmpty(String json) throws Exception {
        assertThat(read(json)).isEqualTo(new WireValue(null, null));
    }
}
