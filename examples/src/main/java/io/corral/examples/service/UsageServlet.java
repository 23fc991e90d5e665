package io.corral.examples.service;

import com.fasterxml.jackson.jr.ob.JSON;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/**
 * Answers with the usage of each container and the work done for it. The filter does not apply
 * here. The API is not used before the first request, because after its first use no agent can be
 * loaded.
 */
@SuppressWarnings("serial") // never serialized
final class UsageServlet extends HttpServlet {

    private final Units units;

    UsageServlet(Units units) {
        this.units = units;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.std.asBytes(UsageReader.read(units)));
    }
}
