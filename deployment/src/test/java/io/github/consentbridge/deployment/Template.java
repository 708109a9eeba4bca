package io.github.consentbridge.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The stack's template as JSON. Short forms of intrinsic functions become long ones: {@code !Ref X} is {@code {"Ref":
 * "X"}}, and {@code !GetAtt X.Y} is {@code {"Fn::GetAtt": "X.Y"}}.
 */
public final class Template {
    /** The root of the repository. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final String FUNCTION = "AWS::Serverless::Function";

    private final JsonNode template;

    private Template(JsonNode template) {
        this.template = template;
    }

    public static Template read() {
        try (var reader = Files.newBufferedReader(ROOT.resolve("template.yaml"))) {
            Object loaded = new Yaml(new Functions(new LoaderOptions())).load(reader);
            return new Template(new JsonMapper().valueToTree(loaded));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode root() {
        return template;
    }

    public JsonNode resource(String name) {
        JsonNode resource = template.path("Resources").path(name);
        if (resource.isMissingNode()) {
            throw new AssertionError("the template has no resource " + name);
        }
        return resource;
    }

    /** The properties of the resources of a type, by name. */
    public Map<String, JsonNode> all(String type) {
        Map<String, JsonNode> found = new TreeMap<>();
        template.path("Resources").properties().forEach(entry -> {
            if (entry.getValue().path("Type").asText().equals(type)) {
                found.put(entry.getKey(), entry.getValue().path("Properties"));
            }
        });
        return found;
    }

    /** The properties of the functions by name, without the global ones. */
    public Map<String, JsonNode> functions() {
        return all(FUNCTION);
    }

    /** A function's environment: the global variables and its own. */
    public Map<String, JsonNode> environment(JsonNode function) {
        Map<String, JsonNode> variables = new TreeMap<>();
        for (JsonNode owner : new JsonNode[] {template.at("/Globals/Function"), function}) {
            owner.at("/Environment/Variables")
                    .properties()
                    .forEach(entry -> variables.put(entry.getKey(), entry.getValue()));
        }
        return variables;
    }

    /** The name that {@code !Ref X}, {@code !GetAtt X.Y} or {@code !Sub "${X}:y"} refers to. */
    public static String referred(JsonNode value) {
        if (value.has("Fn::Sub")) {
            return value.path("Fn::Sub").asText().replaceFirst("^\\$\\{(\\w+)}.*", "$1");
        }
        return value.has("Ref")
                ? value.path("Ref").asText()
                : value.path("Fn::GetAtt").asText().replaceFirst("\\..*", "");
    }

    /** Reads {@code !Name value} as {@code {"Fn::Name": value}}. */
    private static final class Functions extends SafeConstructor {
        Functions(LoaderOptions options) {
            super(options);
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    String name = node.getTag().getValue().substring(1);
                    String longForm = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
                    return Map.of(longForm, value(node));
                }
            });
        }

        private Object value(Node node) {
            if (node instanceof ScalarNode scalar) {
                return scalar.getValue();
            } else if (node instanceof SequenceNode sequence) {
                return constructSequence(sequence);
            } else if (node instanceof MappingNode mapping) {
                return constructMapping(mapping);
            }
            return JsonNodeFactory.instance.nullNode();
        }
    }
}
