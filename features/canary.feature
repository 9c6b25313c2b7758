@canary
Feature: Canary Strategy
  The new version gets a growing share of the users' requests, step by step. Analysis judges it, and at
  a pause a person does.

  @CAN-1
  Scenario: Argo CD Application is updated to use the canary strategy (`rollouts.strategy=canary`).
    Given users have the old version, released by blue-green
    And users send 25 requests a second all the while
    When the Application is updated to the canary strategy
    Then the release follows the canary strategy
    And nothing of the blue-green strategy is left on the Services
    And every request of the users was answered by the old version
    And Argo CD finds nothing that differs from what the Application asks for

  @CAN-2
  Scenario: A new ReplicaSet (canary) is created.
    Given users have the old version, released by canary
    When the new version is released, up to the canary's first pods
    Then a ReplicaSet of the new version has as many pods as the first step asks for
    And the old ReplicaSet keeps all pods that the canary does not replace for 4 seconds

  @CAN-3 @slow
  Scenario: Traffic is split between stable and canary services according to the steps in `values.yaml`.
    Given users have the old version, released by canary
    When the new version is released and promoted from pause to pause
    Then at every step the new version served the share of requests that values.yaml asks for
    And at every step each version was served by its own Service

  @CAN-4 @slow
  Scenario: Manual promotion successfully shifts all traffic to the new version.
    Given the new version waits at the last pause of its canary
    And users send 10 requests a second all the while
    When the release is promoted
    Then users are answered by the new version only
    And the new version is the stable one, and no weight is left on the canary
    And the release stays healthy for 10 seconds, and Argo CD says so too
    And no request of the users was lost

  @CAN-A
  Scenario Outline: The canary release is judged by analysis.
    Given users have the old version, released by canary
    When a <kind> version is released, up to its analysis
    Then its analysis <ends> on measurements of the canary
    And the release <goes>
    And users are answered by <version>

    Examples:
      | kind   | ends     | goes                         | version                     |
      | good   | succeeds | goes on to its next pause    | the old and the new version |
      | faulty | fails    | is aborted for what it found | the old version only        |
