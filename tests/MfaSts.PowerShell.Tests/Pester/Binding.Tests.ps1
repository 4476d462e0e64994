[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # The parameter attributes of AWS.Tools: Set-AWSCredential's four sets, and a service cmdlet's, with a string that binds by value as -BucketName does.
    $assembly = (Add-Type -PassThru -TypeDefinition @'
using System.Management.Automation;

public class FakeAwsCredentials { }

[Cmdlet("Set", "FakeCredential")]
public class SetFakeCredentialCommand : PSCmdlet
{
    [Alias("AK"), Parameter(ParameterSetName = "BasicOrSession", Mandatory = true, ValueFromPipelineByPropertyName = true)] public string AccessKey { get; set; }
    [Alias("SK", "SecretAccessKey"), Parameter(ParameterSetName = "BasicOrSession", Mandatory = true, ValueFromPipelineByPropertyName = true)] public string SecretKey { get; set; }
    [Alias("ST"), Parameter(ParameterSetName = "BasicOrSession", ValueFromPipelineByPropertyName = true)] public string SessionToken { get; set; }
    [Parameter(ParameterSetName = "AssumeRole", Mandatory = true, ValueFromPipelineByPropertyName = true)] public string RoleArn { get; set; }
    [Parameter(ParameterSetName = "AssumeRole", Mandatory = true, ValueFromPipelineByPropertyName = true)] public string SourceProfile { get; set; }
    [Parameter(ParameterSetName = "AssumeRole", ValueFromPipelineByPropertyName = true)] public string ExternalID { get; set; }
    [Parameter(ParameterSetName = "AssumeRole", ValueFromPipelineByPropertyName = true)] public string MfaSerial { get; set; }
    [Alias("StoredCredentials", "AWSProfileName"), Parameter(Position = 200, ParameterSetName = "StoredProfile", Mandatory = true, ValueFromPipelineByPropertyName = true)] public string ProfileName { get; set; }
    [Parameter(ParameterSetName = "StoredProfile", ValueFromPipelineByPropertyName = true)] public PSCredential NetworkCredential { get; set; }
    [Parameter(ParameterSetName = "AWSCredentialsObject", Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)] public FakeAwsCredentials Credential { get; set; }
    [Alias("AWSProfilesLocation", "ProfilesLocation"), Parameter(Position = 201, ValueFromPipelineByPropertyName = true)] public string ProfileLocation { get; set; }
    [Parameter(ValueFromPipelineByPropertyName = true)] public string StoreAs { get; set; }
    [Parameter(ValueFromPipelineByPropertyName = true)] public string Scope { get; set; }
    protected override void ProcessRecord() { WriteObject(ParameterSetName); WriteObject(new System.Collections.Hashtable(MyInvocation.BoundParameters)); }
}

[Cmdlet("Get", "FakeObject")]
public class GetFakeObjectCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)] public string BucketName { get; set; }
    [Alias("RegionToCall"), Parameter(ValueFromPipelineByPropertyName = true)] public string Region { get; set; }
    [Alias("AK"), Parameter(ValueFromPipelineByPropertyName = true)] public string AccessKey { get; set; }
    [Alias("SK", "SecretAccessKey"), Parameter(ValueFromPipelineByPropertyName = true)] public string SecretKey { get; set; }
    [Alias("ST"), Parameter(ValueFromPipelineByPropertyName = true)] public string SessionToken { get; set; }
    [Alias("StoredCredentials", "AWSProfileName"), Parameter(ValueFromPipelineByPropertyName = true)] public string ProfileName { get; set; }
    [Alias("AWSProfilesLocation"), Parameter(ValueFromPipelineByPropertyName = true)] public string ProfileLocation { get; set; }
    [Parameter(ValueFromPipelineByPropertyName = true)] public string EndpointUrl { get; set; }
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)] public FakeAwsCredentials Credential { get; set; }
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)] public PSCredential NetworkCredential { get; set; }
    protected override void ProcessRecord() { WriteObject(new System.Collections.Hashtable(MyInvocation.BoundParameters)); }
}
'@)[0].Assembly
    Import-Module $assembly
    $null = New-ScratchHome
    $id = Add-Session prod
    Set-Content (Get-ConfigPath) '[profile prod]', 'region = eu-west-3'
}

Describe 'A session in other hands' {
    It 'gives its parts to variables' {
        $env:AWS_ACCESS_KEY_ID = (Get-MfaSessionToken prod).AccessKeyId
        $env:AWS_SECRET_ACCESS_KEY = (Get-MfaSessionToken prod).SecretAccessKey
        $env:AWS_SESSION_TOKEN = (Get-MfaSessionToken prod).SessionToken
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY, $env:AWS_SESSION_TOKEN |
            Should -Be $id, sessionSecretCanary0123456789abcdefghijk, sessionTokenCanary0123456789
        Remove-Item env:AWS_ACCESS_KEY_ID, env:AWS_SECRET_ACCESS_KEY, env:AWS_SESSION_TOKEN
    }

    It 'goes to a child through Start-Process -Environment, without AWS_PROFILE' {
        $out = Join-Path $env:HOME out
        $script = Join-Path $env:HOME child.ps1
        Set-Content $script '"$env:AWS_ACCESS_KEY_ID $env:AWS_SESSION_TOKEN $env:AWS_REGION [$env:AWS_PROFILE]"'
        Start-Process pwsh -ArgumentList '-NoProfile', '-File', $script -Environment (Get-MfaSessionToken prod).ToEnvironment() -Wait -RedirectStandardOutput $out
        Get-Content $out | Should -Be "$id sessionTokenCanary0123456789 eu-west-3 []"
        $env:AWS_ACCESS_KEY_ID | Should -BeNullOrEmpty
        (Get-MfaSessionToken prod).ToEnvironment().Keys | Sort-Object | Should -Be @(
            'AWS_ACCESS_KEY_ID', 'AWS_CREDENTIAL_EXPIRATION', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWSU_PROFILE', 'MFASTS_PROFILE')
    }

    It 'pipes into Set-AWSCredential: the set with keys and token, and nothing else' {
        $set, $bound = Get-MfaSessionToken prod | Set-FakeCredential -StoreAs mine
        $set | Should -Be BasicOrSession
        $bound.Keys | Sort-Object | Should -Be AccessKey, SecretKey, SessionToken, StoreAs
        $bound.AccessKey, $bound.SecretKey, $bound.SessionToken | Should -Be $id, sessionSecretCanary0123456789abcdefghijk, sessionTokenCanary0123456789
    }

    It 'pipes into a service cmdlet, and no secret lands in a string that binds by value' {
        $bound = Get-MfaSessionToken prod | Get-FakeObject
        $bound.AccessKey, $bound.SecretKey, $bound.SessionToken, $bound.Region | Should -Be $id, sessionSecretCanary0123456789abcdefghijk, sessionTokenCanary0123456789, eu-west-3
        $bound.Keys | Should -Not -Contain ProfileName
        $bound.Keys | Should -Not -Contain NetworkCredential
        "$($bound.BucketName)" | Should -Not -Match Canary
        # No legal name of a bucket, should the cmdlet take it for one.
        "$($bound.BucketName)" | Should -Not -Match '^[a-z0-9.-]+$'
    }

    It 'has no property whose name would make the pipe ambiguous' {
        $names = (Get-MfaSessionToken prod).PSObject.Properties.Name
        foreach ($name in 'ProfileName', 'MfaSerial', 'RoleArn', 'SourceProfile', 'ExternalId', 'Credential', 'StoreAs', 'Scope', 'ProfileLocation', 'NetworkCredential', 'EndpointUrl') {
            $names | Should -Not -Contain $name
        }
    }
}

Describe 'A session of a role in other hands' {
    It 'pipes into Set-AWSCredential and into a service cmdlet as a session of the user does' {
        $user = New-ReadyUser
        $role = New-SandboxRole -Mfa
        Add-Content (Get-ConfigPath) '[profile admin]', "role_arn = $($role.RoleArn)", 'source_profile = prod', 'region = eu-west-3'
        $session = Get-MfaSessionToken admin -TokenCode (Get-Code $user)
        $set, $bound = $session | Set-FakeCredential -StoreAs mine
        $set | Should -Be BasicOrSession
        $bound.Keys | Sort-Object | Should -Be AccessKey, SecretKey, SessionToken, StoreAs
        $bound.AccessKey, $bound.SecretKey, $bound.SessionToken | Should -Be $session.AccessKeyId, $session.SecretAccessKey, $session.SessionToken
        $bound = $session | Get-FakeObject
        $bound.AccessKey, $bound.SecretKey, $bound.SessionToken, $bound.Region |
            Should -Be $session.AccessKeyId, $session.SecretAccessKey, $session.SessionToken, eu-west-3
        "$($bound.BucketName)" | Should -Not -Match '^[a-z0-9.-]+$'
    }
}
