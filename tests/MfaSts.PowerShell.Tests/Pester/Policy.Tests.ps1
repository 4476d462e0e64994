[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Get-MfaPolicyDocument' {
    BeforeAll { $null = New-ScratchHome }

    It 'gives one string of JSON, with what was asked for' {
        $text = Get-MfaPolicyDocument -SelfService -AllowAction s3:Get*, ecr:GetAuthorizationToken
        @($text).Count | Should -Be 1
        $policy = $text | ConvertFrom-Json
        $policy.Version | Should -Be 2012-10-17
        $denial = $policy.Statement | Where-Object Effect -EQ Deny
        $denial.NotAction | Should -Contain s3:Get*
        $denial.NotAction | Should -Contain ecr:GetAuthorizationToken
        $denial.NotAction | Should -Contain sts:GetSessionToken
        $denial.Condition.BoolIfExists.'aws:MultiFactorAuthPresent' | Should -Be false
        ($policy.Statement | Where-Object Effect -EQ Allow).Action | Should -Contain iam:CreateAccessKey
    }

    It 'is minimal unless more is asked for' {
        $policy = Get-MfaPolicyDocument | ConvertFrom-Json
        $policy.Statement.Count | Should -Be 2
        $policy.Statement[0].Action | Should -Be iam:GetUser, iam:ListMFADevices
    }

    It 'takes the partition <_>, and completes it' -ForEach aws, aws-cn, aws-eusc, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f, aws-us-gov {
        (Get-MfaPolicyDocument -Partition $_.ToUpperInvariant() | ConvertFrom-Json).Statement[0].Resource | Should -BeExactly "arn:${_}:iam::*:user/`${aws:username}"
        (TabExpansion2 ($line = "Get-MfaPolicyDocument -Partition $_") $line.Length).CompletionMatches.CompletionText | Should -Contain $_
    }

    It 'knows each partition that Core knows' {
        (Get-Command Get-MfaPolicyDocument).Parameters.Partition.Attributes.ValidValues | Should -Be @([MfaSts.Profiles.Partition]::Names)
    }

    It 'gives it without white space with -Compress' {
        Get-MfaPolicyDocument -SelfService -Compress | Should -Not -Match '\s'
    }

    It 'refuses <_> as an exception, with the form' -ForEach '*', 's3', 'a b:c' {
        $failure = Get-Failure { Get-MfaPolicyDocument -AllowAction s3:Get*, $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'PolicyInvalid,MfaSts.PowerShell.Commands.GetMfaPolicyDocumentCommand'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'service:Action'
    }

    It 'refuses more than IAM takes' {
        (Get-Failure { Get-MfaPolicyDocument -AllowAction (1..500 | ForEach-Object { "service:ActionNumber$_" }) }).FullyQualifiedErrorId | Should -Match '^PolicyInvalid,'
    }
}
