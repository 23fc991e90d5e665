package io.corral.examples.service;

import com.fasterxml.jackson.jr.ob.JSON;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

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
        response.getOutputStream().write(JSON.std.asBytes(new UsageReader().read(units)));
    }
}
