package io.github.consentbridge.simulators.dataverse;

import static io.github.consentbridge.simulators.http.Web.encode;
import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.Web;
import java.net.http.HttpResponse;
import java.util.UUID;

/** A client of the Web API that registers a webhook step by step, as the product does. */
public final class WebApi {
    private final Web web;

    public WebApi(DataverseSimulator dataverse) {
        web = Web.of(
                dataverse.url() + "/api/data/v9.2/",
                "Authorization",
                "Bearer any",
                "Accept",
                "application/json",
                "OData-Version",
                "4.0",
                "Content-Type",
                "application/json");
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        return web.send(method, path, body, headers);
    }

    /**
     * Queries an entity set.
     *
     * @param options name and value in turn, not yet encoded
     */
    public JsonNode find(String entitySet, String... options) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < options.length; i += 2) {
            query.append(i == 0 ? '?' : '&').append(options[i]).append('=').append(encode(options[i + 1]));
        }
        HttpResponse<String> answer = web.get(entitySet + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("value");
    }

    /** The id of the new row. */
    UUID create(String entitySet, String body) {
        HttpResponse<String> answer = web.send("POST", entitySet, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        String link = answer.headers().firstValue("OData-EntityId").orElseThrow();
        return UUID.fromString(link.substring(link.length() - 37, link.length() - 1));
    }

    public UUID endpoint(Object url, int authType, String authValue) {
        return create("serviceendpoints", endpointBody(url, authType, authValue));
    }

    public static String endpointBody(Object url, int authType, String authValue) {
        return "{\"name\":\"bridge\",\"url\":\"" + url + "\",\"contract\":8,\"authtype\":" + authType
                + ",\"messageformat\":2,\"authvalue\":\"" + authValue.replace("\"", "\\\"") + "\"}";
    }

    public UUID step(UUID endpoint, String message, String filteringAttributes) {
        return create("sdkmessageprocessingsteps", stepBody(endpoint, message, filteringAttributes));
    }

    public String stepBody(UUID endpoint, String message, String filteringAttributes) {
        String messageId = find("sdkmessages", "$select", "sdkmessageid", "$filter", "name eq '" + message + "'")
                .at("/0/sdkmessageid")
                .asText();
        String filter = "primaryobjecttypecode eq 'contact' and sdkmessageid/name eq '" + message + "'";
        String filterId = find("sdkmessagefilters", "$select", "sdkmessagefilterid", "$filter", filter)
                .at("/0/sdkmessagefilterid")
                .asText();
        return "{\"name\":\"bridge: " + message + " of contact\",\"mode\":1,\"stage\":40,\"rank\":1,"
                + "\"supporteddeployment\":0,\"asyncautodelete\":true,"
                + (filteringAttributes.isEmpty() ? "" : "\"filteringattributes\":\"" + filteringAttributes + "\",")
                + "\"sdkmessageid@odata.bind\":\"/sdkmessages(" + messageId + ")\","
                + "\"sdkmessagefilterid@odata.bind\":\"/sdkmessagefilters(" + filterId + ")\","
                + "\"eventhandler_serviceendpoint@odata.bind\":\"/serviceendpoints(" + endpoint + ")\"}";
    }

    public UUID image(UUID step, int type, String property, String attributes) {
        return create("sdkmessageprocessingstepimages", imageBody(step, type, property, attributes));
    }

    public static String imageBody(UUID step, int type, String property, String attributes) {
        String alias = type == 0 ? "pre" : "post";
        return "{\"name\":\"" + alias + "\",\"entityalias\":\"" + alias + "\",\"imagetype\":" + type
                + ",\"messagepropertyname\":\"" + property + "\",\"attributes\":\"" + attributes
                + "\",\"sdkmessageprocessingstepid@odata.bind\":\"/sdkmessageprocessingsteps(" + step + ")\"}";
    }

    public static String header(String name, String value) {
        return "<settings><setting name=\"" + name + "\" value=\"" + value + "\" /></settings>";
    }
}
