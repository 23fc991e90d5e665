package io.corral.examples.demo;

import io.corral.examples.service.Shop;

import java.util.ArrayList;
import java.util.List;

/**
 * A row for each tenant, a column for each endpoint, and a last row with the spread between
 * tenants.
 */
final class CostTable {

    private final List<CostPerUnit> costs;

    CostTable(List<CostPerUnit> costs) {
        this.costs = costs;
    }

    @Override
    public String toString() {
        List<String> head = new ArrayList<>(List.of("CPU a unit of work", "units"));
        head.addAll(Shop.ENDPOINTS);
        head.add("all");
        TextTable table = new TextTable(11, head.toArray(String[]::new));
        for (String tenant : Shop.TENANTS) {
            table.row(cells(tenant));
        }
        return table.row(spread()).toString();
    }

    private String[] cells(String tenant) {
        List<String> cells = new ArrayList<>(List.of(tenant, ""));
        for (CostPerUnit cost : costs) {
            if (cost.tenant().equals(tenant)) {
                cells.add(Amount.micros(cost.cpuNanos()));
                // The last cost is that of all endpoints, so the row shows its units.
                cells.set(1, Amount.count(cost.units()));
            }
        }
        return cells.toArray(String[]::new);
    }

    private String[] spread() {
        List<String> cells = new ArrayList<>(List.of("spread between tenants", ""));
        for (String endpoint : Shop.ENDPOINTS) {
            cells.add(Amount.percent(CostPerUnit.spread(costs, endpoint)));
        }
        cells.add(Amount.percent(CostPerUnit.spread(costs, CostPerUnit.ALL)));
        return cells.toArray(String[]::new);
    }
}
