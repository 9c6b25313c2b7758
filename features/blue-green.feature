@blue-green
Feature: Blue-Green Strategy
  The new version starts beside the old one, behind its own preview Service. Users stay on the old
  version until a person promotes the new one; then they are switched at once.

  @BG-1
  Scenario: Argo CD Application is updated to use the new image tag.
    Given users have the old version, released by blue-green
    When the Application is updated to the new image tag
    Then Argo CD has synced the Application to the new image tag
    And the release asks for the new version
    And users stay on the old version for 4 seconds

  @BG-2
  Scenario: A new ReplicaSet (preview) is created and becomes healthy.
    Given users have the old version, released by blue-green
    When the new version is released
    Then a ReplicaSet of the new version has all its pods available, and keeps them for 10 seconds
    And the release waits for a person to promote it

  @BG-3
  Scenario: The `*-preview` Service correctly routes traffic to the new version.
    Given the new version waits on preview
    When 200 requests are sent to the preview Service over 4 seconds
    Then every request was answered by the new version
    And the release still waits on preview
    And the new version has kept all its pods for 10 seconds

  @BG-4
  Scenario: The stable Service continues to route traffic to the old version.
    Given the new version waits on preview
    When 200 requests are sent to the stable Service over 4 seconds
    Then every request was answered by the old version
    And users stay on the old version for 4 seconds
    And the release still waits on preview

  @BG-5
  Scenario: Manual promotion (`kubectl argo rollouts promote`) successfully switches traffic to the new version.
    Given the new version waits on preview
    And only a person can promote it
    When the release is promoted
    Then users are answered by the new version only
    And the stable Service answers with the new version only
    And the release stays healthy for 10 seconds, and Argo CD says so too

  @BG-6
  Scenario: The old ReplicaSet is scaled down.
    Given the new version waits on preview
    And users send 25 requests a second all the while
    When the release is promoted
    Then the old version keeps its pods until users are switched
    And the old ReplicaSet is scaled down within the delay that the chart sets
    And no request of the users was lost
    And the new version has kept all its pods for 10 seconds
