import com.zaxxer.hikari.HikariDataSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A connection pool of HikariCP for each tenant, over a database in the same JVM. */
public final class Service {

    private static final int ROUNDS = 400;

    private static int remainder;

    public static void main(String[] arguments) throws Exception {
        Map<String, HikariDataSource> pools = new HashMap<>();
        for (String tenant : Tenants.NAMES) {
            pools.put(tenant, pool(tenant));
        }
        Tenants.inTurns(ROUNDS, tenant -> query(pools.get(tenant)));
    }

    private static HikariDataSource pool(String tenant) throws SQLException {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(tenant);
        pool.setJdbcUrl("jdbc:h2:mem:" + tenant);
        pool.setMaximumPoolSize(2);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table numbers as select X from system_range(1, 150)");
        }
        return pool;
    }

    /** Reads a cross product that no index helps with; not the one of the query before. */
    private static void query(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select count(*) from numbers a, numbers b where mod(a.X * b.X, 7) = ?")) {
            query.setInt(1, ++remainder % 7);
            query.executeQuery().close();
        }
    }
}
