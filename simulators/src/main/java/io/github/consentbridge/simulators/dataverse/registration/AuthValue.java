package io.github.consentbridge.simulators.dataverse.registration;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A service endpoint's authentication: a key in the query, or names and values in headers or in the query. */
public final class AuthValue {
    private static final int WEBHOOK_KEY = 4;
    private static final int HTTP_HEADER = 5;

    private AuthValue() {}

    /**
     * A request to the endpoint with its authentication.
     *
     * @throws IllegalArgumentException if the authvalue does not have the form of its kind, which the system checks
     *     only at delivery ({@code 0x80050203} and {@code 0x80050204})
     */
    public static HttpRequest.Builder request(ActiveSteps.Endpoint endpoint) {
        if (endpoint.authValue().isEmpty()) {
            return HttpRequest.newBuilder(URI.create(endpoint.url()));
        } else if (endpoint.authType() == WEBHOOK_KEY) {
            return HttpRequest.newBuilder(withQuery(endpoint.url(), Map.of("code", endpoint.authValue())));
        }
        Map<String, String> settings = settings(endpoint.authValue());
        if (endpoint.authType() != HTTP_HEADER) {
            return HttpRequest.newBuilder(withQuery(endpoint.url(), settings));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.url()));
        settings.forEach(request::setHeader);
        return request;
    }

    private static URI withQuery(String url, Map<String, String> parameters) {
        StringJoiner query = new StringJoiner("&", url + (url.contains("?") ? "&" : "?"), "");
        query.setEmptyValue(url);
        parameters.forEach((name, value) -> query.add(encode(name) + "=" + encode(value)));
        return URI.create(query.toString());
    }

    /** {@code <settings><setting name="…" value="…" /></settings>}. */
    private static Map<String, String> settings(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The default handler prints to standard error and may quote the secret.
            builder.setErrorHandler(new DefaultHandler());
            return settings(
                    builder.parse(new InputSource(new StringReader(xml))).getDocumentElement());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            // Not with the cause: its message may quote the secret.
            throw new IllegalArgumentException("the authvalue is not XML");
        }
    }

    private static Map<String, String> settings(Element root) {
        Map<String, String> settings = new LinkedHashMap<>();
        NodeList elements = root.getElementsByTagName("setting");
        for (int i = 0; i < elements.getLength(); i++) {
            Element setting = (Element) elements.item(i);
            settings.put(setting.getAttribute("name"), setting.getAttribute("value"));
        }
        if (!root.getTagName().equals("settings")) {
            throw new IllegalArgumentException("the authvalue has no settings");
        }
        return settings;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
