@blockers
Feature: Blockers
  Proven before anything else. If the environment is not fit, the other criteria are not run, because
  their results would say something about the environment and nothing about the delivery.

  @PRE-1
  Scenario: The E2E environment from task-8 must be fully healthy and validated before starting.
    When the environment is validated
    Then the cluster is reachable, and has nodes that take pods
    And Argo Rollouts reconciles a release
    And Argo CD reconciles the Application, which is synced and healthy
    And the registry accepts a push
    And the gateway answers
