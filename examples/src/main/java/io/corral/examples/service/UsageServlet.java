package io.corral.examples.service;

import com.fasterxml.jackson.jr.ob.JSON;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what each container has used and what was done for it. Not behind the filter. The API is not touched before the first
 * request: until then an agent may still come, which it may not once the service has used it.
 */
@SuppressWarnings("serial") // nobody serializes a servlet
final class UsageServlet extends HttpServlet {

    private final Units units;

    UsageServlet(Units units) {
        this.units = units;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("application/json");
        List<String> more = names(request.getParameter(Shop.HIERARCHIES));
        response.getOutputStream().write(JSON.std.asBytes(new UsageReader(more).read(units)));
    }

    private static List<String> names(@Nullable String list) {
        return list == null || list.isEmpty() ? List.of() : List.of(list.split(",", -1));
    }
}
