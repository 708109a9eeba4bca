package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A changed parameter reaches the published versions of the webhook functions. SAM publishes a version if the template
 * changes; for a parameter it does not, so the version's description has the value: CloudFormation replaces a version whose
 * description changes.
 */
class PublishedVersionsTest {
    private static final Pattern IN_TEXT = Pattern.compile("\\$\\{(\\w+)}");

    /** The webhook functions get these variables like all others, and do not read them. */
    private static final Set<String> NOT_READ = Set.of("DidomiApiUrl", "EntraLoginUrl");

    private final Template template = Template.read();

    private Map<String, JsonNode> published() {
        Map<String, JsonNode> published = new TreeMap<>(template.functions());
        published.values().removeIf(function -> !function.has("AutoPublishAlias"));
        return published;
    }

    /** The template's parameters that a part of it refers to. */
    private Set<String> parameters(JsonNode part) {
        Set<String> named = new TreeSet<>(part.findValuesAsText("Ref"));
        Matcher inTexts = IN_TEXT.matcher(part.toString());
        while (inTexts.find()) {
            named.add(inTexts.group(1));
        }
        named.retainAll(keys(template.root().path("Parameters")));
        return named;
    }

    private static Set<String> keys(JsonNode object) {
        Set<String> keys = new TreeSet<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Lambda refuses to publish a version if nothing but the description changed, and the deployment would fail. */
    @Test
    void descriptionHasTheFunctionsParametersAndNoOthers() {
        assertThat(published()).hasSize(2).allSatisfy((name, function) -> {
            Set<String> used = parameters(template.root().at("/Globals/Function"));
            used.addAll(parameters(function.path("Environment")));
            used.addAll(parameters(function.path("MemorySize")));
            used.addAll(parameters(function.path("Timeout")));
            used.removeAll(NOT_READ);

            assertThat(parameters(function.path("VersionDescription"))).isEqualTo(used);
        });
    }

    /** What does not reach a version must not have to: the functions' code knows nothing of it. */
    @Test
    void parametersThatPublishNothingAreNotRead() {
        assertThat(Code.textsOf("io.github.consentbridge.aws.WebhookDeployment"))
                .isNotEmpty()
                .doesNotContain("DIDOMI_API_URL", "ENTRA_LOGIN_URL");
    }

    /** Lambda allows 256 characters. */
    @Test
    void descriptionIsShortEnough() {
        JsonNode secret = template.root().at("/Parameters/SecretArn");

        assertThat(secret.path("AllowedPattern").asText()).endsWith(":secret:\\S{1,180}");
        assertThat(published().values()).allSatisfy(function -> {
            String text = function.at("/VersionDescription/Fn::Sub/0").asText();
            assertThat(IN_TEXT.matcher(text).replaceAll("12345").length() + 180).isLessThan(256);
        });
    }
}
