package io.corral.examples.service;

import com.fasterxml.jackson.jr.ob.JSON;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses an order from JSON, computes its price, and writes the invoice as JSON. */
final class OrdersWork implements Work {

    private static final int LINES = 60;

    private final String order;

    OrdersWork() throws IOException {
        List<Object> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("article", "article-" + i);
            line.put("text", "Rope, braided, " + (10 + i) + " metres, weatherproof");
            line.put("pieces", 1 + i % 7);
            line.put("cents", 995 + 10 * i);
            lines.add(line);
        }
        order = JSON.std.asString(Map.of("lines", lines));
    }

    @Override
    public String path() {
        return "/orders";
    }

    @Override
    public String unit(int number) throws IOException {
        List<?> lines = (List<?>) JSON.std.mapFrom(order).getOrDefault("lines", List.of());
        List<Object> invoice = new ArrayList<>();
        long total = 0;
        for (Object line : lines) {
            Map<?, ?> ordered = (Map<?, ?>) line;
            long cents = number(ordered, "pieces") * number(ordered, "cents");
            total += cents;
            Map<String, Object> invoiced = new LinkedHashMap<>();
            invoiced.put("text", String.valueOf(ordered.get("text")));
            invoiced.put("cents", cents);
            invoice.add(invoiced);
        }
        String json = JSON.std.asString(Map.of("number", number, "lines", invoice, "cents", total));
        return total + "/" + json.length();
    }

    private static long number(Map<?, ?> line, String key) {
        return line.get(key) instanceof Number value ? value.longValue() : 0;
    }
}
