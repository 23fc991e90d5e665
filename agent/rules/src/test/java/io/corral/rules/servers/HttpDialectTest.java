package io.corral.rules.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads requests whose server has the path and the query in one text, as Netty does. */
class HttpDialectTest {

    private static final HttpDialect DIALECT = new HttpDialect("uri=uri", "header=headers.get($)");

    @ParameterizedTest
    @CsvSource({
        "/acme/orders?of=/x/y, /acme/orders, of=/x/y",
        "/acme, /acme, ",
        "/acme?, /acme, ''",
        "?/x, '', /x",
        "http://a.example/acme?x, /acme, x",
        "http://a.example?x, '', x",
        "/redirect?to=http://a.example/x, /redirect, to=http://a.example/x",
    })
    void pathAndQueryAreToldApart(String uri, String path, String query) {
        assertThat(DIALECT.path(Map.of("uri", uri))).isEqualTo(path);
        assertThat(DIALECT.query(Map.of("uri", uri))).isEqualTo(query);
    }

    @Test
    void whatAServerDoesNotKnowIsNull() {
        HttpDialect none = new HttpDialect();
        assertThat(none.path(Map.of())).isEmpty();
        assertThat(none.host(Map.of())).isNull();
        assertThat(none.cookies(Map.of())).isNull();
        assertThat(none.principal(Map.of())).isNull();
    }
}
