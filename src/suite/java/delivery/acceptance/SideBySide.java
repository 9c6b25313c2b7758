package delivery.acceptance;

import delivery.settings.Setting;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfigurationStrategy;

/** As many scenarios side by side as PARALLEL says. What is wrong with its value, the settings tell. */
public final class SideBySide implements ParallelExecutionConfigurationStrategy {

    private static final int MOST = 64;

    @Override
    public ParallelExecutionConfiguration createConfiguration(ConfigurationParameters parameters) {
        String given = System.getProperty(Setting.PARALLEL.name(),
                System.getenv().getOrDefault(Setting.PARALLEL.name(), ""));
        String number = given.matches("\\d{1,2}") ? given : Setting.PARALLEL.defaultValue().orElse("1");
        return new Exactly(Math.max(1, Math.min(MOST, Integer.parseInt(number))));
    }

    /** The pool must not grow when scenarios wait: waiting is most of what they do, and the number is meant. */
    private record Exactly(int parallel) implements ParallelExecutionConfiguration {

        @Override
        public int getParallelism() {
            return parallel;
        }

        @Override
        public int getMinimumRunnable() {
            return 0;
        }

        @Override
        public int getMaxPoolSize() {
            return parallel;
        }

        @Override
        public int getCorePoolSize() {
            return parallel;
        }

        @Override
        public int getKeepAliveSeconds() {
            return 30;
        }

        @Override
        public Predicate<? super ForkJoinPool> getSaturatePredicate() {
            return pool -> true;
        }
    }
}
