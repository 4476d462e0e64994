using System.Text;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Tests.Files;

/// <summary>The grammar: each row of the table of what the AWS SDKs read and what MfaSts does. The number in a name is the row.</summary>
public class IniGrammarTests
{
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    [Fact]
    public void Row1_ByteOrderMark_IsReadWarnedAboutAndKept()
    {
        var document = IniDocument.Parse([.. Bom, .. "[p]\nk = v\n"u8]);

        Assert.Equal("v", document.Find("p")!["k"]);
        Assert.Contains(document.Remarks, remark => remark.Line == 1 && remark.What.Contains("byte order mark", StringComparison.Ordinal));
        Assert.Equal([.. Bom, .. "[p]\nk = w\n"u8], document.Set("p", [new("k", "w")]).Bytes);
    }

    [Fact]
    public void Row1_OnlyAByteOrderMark_NewSectionFollowsItAtOnce() =>
        Assert.Equal([.. Bom, .. "[p]\nk = v\n"u8], IniDocument.Parse(Bom).Set("p", [new("k", "v")]).Bytes);

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Row2_Utf16_IsRefusedByName(bool isBigEndian, bool hasMark)
    {
        var encoding = new UnicodeEncoding(isBigEndian, hasMark);
        var refusal =
            Assert.Throws<IniFormatException>(() => IniDocument.Parse([.. encoding.GetPreamble(), .. encoding.GetBytes("[p]\n")]));

        Assert.Null(refusal.Line);
        Assert.Contains("UTF-16", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Row3_InvalidUtf8_IsReadWarnedAboutAndKept()
    {
        byte[] bytes = [.. "# caf"u8, 0xE9, .. "\n[p]\nk = v\nname = Jos"u8, 0xE9, .. "\n"u8];
        var document = IniDocument.Parse(bytes);

        Assert.Equal("v", document.Find("p")!["k"]);
        Assert.Contains(document.Remarks, remark => remark.What.Contains("UTF-8", StringComparison.Ordinal));
        byte[] edited = document.Set("p", [new("k", "w")]).Bytes;
        Assert.Equal([.. bytes[..15], (byte)'w', .. bytes[16..]], edited);
    }

    [Theory]
    [InlineData("[p]\r\nk = v\r\n", "[p]\r\nk = v\r\nn = 1\r\n")]
    [InlineData("[p]\nk\t=\tv", "[p]\nk\t=\tv\nn = 1")]
    [InlineData("[p]\nk=v  \n", "[p]\nk=v  \nn=1\n")]
    [InlineData("[p]", "[p]\nn = 1")]
    public void Row4_LineEndsAndBlanks_AreReadAndKept(string text, string edited)
    {
        Assert.Equal(text.Contains('k', StringComparison.Ordinal) ? "v" : null, Parse(text).Find("p")!["k"]);
        Assert.Equal(edited, Set(text, "n", "1"));
    }

    [Fact]
    public void Row5_LoneCarriageReturn_EndsALineAndIsKept()
    {
        Assert.Equal("v", Parse("[p]\rk = v\r").Find("p")!["k"]);
        Assert.Equal("[p]\rk = v\rn = 1\r", Set("[p]\rk = v\r", "n", "1"));
    }

    [Fact]
    public void Row6_Colon_IsReadWarnedAboutAndChangedToEqualsOnlyInItsOwnLine()
    {
        const string text = "[p]\nk: v\nother: 2\n";

        Assert.Equal("v", Parse(text).Find("p")!["k"]);
        Assert.Equal([2, 3], Parse(text).Remarks.Select(remark => remark.Line!.Value));
        Assert.Equal("[p]\nk= w\nother: 2\n", Set(text, "k", "w"));
        Assert.Equal(text, Set(text, "k", "v"));
    }

    [Fact]
    public void Row7_ColonBeforeEquals_EndsTheKey()
    {
        Assert.Equal("a=b", Parse("[p]\nkey: a=b\n").Find("p")!["key"]);
        Assert.Equal("[p]\nkey= c\n", Set("[p]\nkey: a=b\n", "key", "c"));
    }

    [Theory]
    [InlineData("v # c")]
    [InlineData("v ; c")]
    public void Row8_CommentBehindAValue_IsReadAsValueAndNeverWritten(string value)
    {
        Assert.Equal(value, Parse($"[p]\nk = {value}\n").Find("p")!["k"]);
        Assert.Throws<IniFormatException>(() => Set("[p]\n", "k", value));
    }

    [Fact]
    public void Row9_CommentSignInsideAValue_BelongsToIt()
    {
        Assert.Equal("v#c", Parse("[p]\nk = v#c\n").Find("p")!["k"]);
        Assert.Equal("[p]\nk = v#c\n", Set("[p]\n", "k", "v#c"));
    }

    [Fact]
    public void Row10_KeyWithoutEquals_IsRefused() => AssertRefused("[p]\nk = v\njunk\n", 3);

    [Fact]
    public void Row11_EmptyValue_IsEmptyAndARemovedKeyGoesWithItsLine()
    {
        Assert.Equal(string.Empty, Parse("[p]\nk =\n").Find("p")!["k"]);
        Assert.Equal("[p]\nk = v\n", Set("[p]\nk =\n", "k", "v"));
        Assert.Equal("[p]\nn = 1\n", Set("[p]\nk = v\nn = 1\n", "k", null));
        Assert.Throws<IniFormatException>(() => Set("[p]\nk = v\n", "k", ""));
    }

    [Fact]
    public void Row12_IndentedTextAfterAValue_BelongsToItAndTheKeyIsNotEdited()
    {
        const string text = "[p]\nk = v\n  more\n\n  still\nn = 1\n";

        Assert.Equal("v\nmore\n\nstill", Parse(text).Find("p")!["k"]);
        Assert.Equal("v\n\nmore", Parse("[p]\nk = v\n\n# no part of it\n  more\n").Find("p")!["k"]);
        Assert.Equal(2, Assert.Throws<IniFormatException>(() => Set(text, "k", "w")).Line);
        Assert.Equal(2, Assert.Throws<IniFormatException>(() => Set(text, "k", null)).Line);
        Assert.Equal(2, Assert.Throws<IniFormatException>(() => Parse(text).Remove("p")).Line);
        Assert.Equal("[p]\nk = v\n  more\n\n  still\nn = 2\n", Set(text, "n", "2"));
    }

    [Fact]
    public void Row13_SecondKeyIndented_IsRefused() => AssertRefused("[p]\nk = v\n  n = 1\n", 3);

    [Fact]
    public void Row14_AllKeysIndented_AreReadAndANewOneIsIndentedToo()
    {
        Assert.Equal("1", Parse("[p]\n  k = v\n  n = 1\n").Find("p")!["n"]);
        Assert.Equal("[p]\n  k = v\n  n = 1\n\n[q]\n", Set("[p]\n  k = v\n\n[q]\n", "n", "1"));
    }

    [Fact]
    public void Row15_NestedBlock_IsReadAndLeftAlone()
    {
        const string text = "[p]\ns3 =\n  a = 1\n\n  # c\n  b = 2\nk = v\n";
        var key = Parse(text).Find("p")!.FindKey("s3")!;

        Assert.Equal("1", key.GetNested("a"));
        Assert.Equal("2", key.GetNested("b"));
        Assert.Null(key.GetNested("c"));
        Assert.Equal(text.Replace("k = v", "k = w", StringComparison.Ordinal), Set(text, "k", "w"));
        Assert.Equal(
            "[p]\ns3 =\n  a = 1\n\n  # c\n  b = 2\n  # end\n\n",
            Set("[p]\ns3 =\n  a = 1\n\n  # c\n  b = 2\nk = v\n  # end\n\n", "k", null));
    }

    [Fact]
    public void Row15_NewKeyBehindANestedBlock_StandsBelowAllOfIt() =>
        Assert.Equal("[p]\ns3 =\n  a = 1\n\n  b = 2\nn = 1\n", Set("[p]\ns3 =\n  a = 1\n\n  b = 2\n", "n", "1"));

    [Fact]
    public void Row16_NestedLineWithoutEquals_IsRefused() => AssertRefused("[p]\ns3 =\n  a = 1\n  b\n", 4);

    [Theory]
    [InlineData("[p]\nk = v\nn = 1\nK = w\n", 2, 4)]
    [InlineData("[p]\na=1\nb=1\nc=1\nd=1\ne=1\nf=1\ng=1\nh=1\ni=1\nj=1\nk=1\nl=1\nm=1\nA=2\n", 2, 15)]
    [InlineData("[p]\na=1\nb=1\nc=1\nd=1\ne=1\nf=1\ng=1\nh=1\ni=1\nj=1\nk=1\nl=1\nm=1\nM=2\n", 14, 15)]
    public void Row17_DuplicateKey_IsRefusedWithBothLines(string text, int first, int second)
    {
        AssertRefused(text, second, $"line {first} ");
        Assert.NotNull(Parse("[p]\nk = 1\n[q]\nk = 2\n"));
    }

    [Fact]
    public void Row18_DuplicateSection_IsRefusedWithBothLines() => AssertRefused("[p]\n[q]\n[p]\n", 3, "already in line 1");

    [Theory]
    [InlineData("[p] # c")]
    [InlineData("[p] junk")]
    public void Row19_TextBehindAHeader_IsReadWarnedAboutAndKept(string header)
    {
        var document = Parse(header + "\nk = v\n");

        Assert.Equal("v", document.Find("p")!["k"]);
        Assert.Equal(1, Assert.Single(document.Remarks).Line);
        Assert.Equal(header + "\nk = w\n", Set(header + "\nk = v\n", "k", "w"));
    }

    [Fact]
    public void Row20_BracketsBehindAHeader_AreRefusedAndAClosingOneBelongsToTheName()
    {
        AssertRefused("\n[p] # see [q]\n", 2);
        Assert.NotNull(Parse("[p]x]\n").Find("p]x"));
    }

    [Fact]
    public void Row21_BlanksInsideTheBrackets_BelongToTheName()
    {
        var document = Parse("[ p ]\nk = v\n");

        Assert.Null(document.Find("p"));
        Assert.NotNull(document.Find(" p "));
        Assert.Equal(1, Assert.Single(document.Remarks).Line);
    }

    [Fact]
    public void Row22_IndentedHeaderAfterAKey_IsRefused()
    {
        AssertRefused("[p]\nk = v\n  [q]\n", 3);
        Assert.NotNull(Parse("[p]\n  [q]\n").Find("q"));
    }

    [Fact]
    public void Row23_BlankInACredentialsName_IsReadWarnedAboutAndNotCreated()
    {
        var document = Parse("[a b]\nk = v\n");

        Assert.NotNull(document.Find("a b"));
        Assert.Equal(1, Assert.Single(SectionNameRemarks.InCredentials(document)).Line);
        Assert.Throws<MfaSts.Errors.MfaException>(() => ProfileName.RequireCreatable("a b"));
    }

    [Fact]
    public void Row24_QuotedProfileName_IsReadAsBotocoreAndTheBareOneIsNoProfile()
    {
        var document = Parse("[profile \"a b\"]\nk = 1\n[profile c d]\nk = 2\n");
        var config = new ConfigFile(document);

        Assert.Equal("1", config.FindProfile("a b")!["k"]);
        Assert.Null(config.FindProfile("c d"));
        Assert.Equal(["a b"], config.ProfileNames());
        Assert.Equal([1, 3], SectionNameRemarks.InConfig(document).Select(remark => remark.Line!.Value));
    }

    [Theory]
    [InlineData("[profile\tp]\nk = v\n")]
    [InlineData("[profile  p]\nk = v\n")]
    public void Row25_TabOrTwoBlanksBehindProfile_AreReadAsOne(string text) =>
        Assert.Equal("v", new ConfigFile(Parse(text)).FindProfile("p")!["k"]);

    [Theory]
    [InlineData("[default]\nk = 1\n[profile default]\nk = 2\n", "profile default")]
    [InlineData("[profile default]\nk = 1\n[default]\nk = 2\n", "default")]
    [InlineData("[profile p]\nk = 1\n[profile  p]\nk = 2\n", "profile  p")]
    public void Row26_TwoSpellingsOfOneProfile_TheLatterCounts(string text, string section)
    {
        string profile = section.Contains("default", StringComparison.Ordinal) ? "default" : "p";

        Assert.Equal(section, new ConfigFile(Parse(text)).FindProfile(profile)!.Name);
        Assert.Equal(profile == "default" ? 1 : 0, SectionNameRemarks.InConfig(Parse(text)).Count());
    }

    [Fact]
    public void Row27_Defaults_AreInheritedNeverFoundAndNeverCreated()
    {
        var document = Parse("[DEFAULT]\nregion = eu-west-1\n[p]\nk = v\n[q]\nregion = us-east-1\n");

        Assert.Equal("eu-west-1", document.Find("p")!["region"]);
        Assert.Equal("us-east-1", document.Find("q")!["region"]);
        Assert.Null(document.Find("p")!.FindKey("region"));
        Assert.Null(document.Find("DEFAULT"));
        Assert.Equal("eu-west-1", document.Defaults!["region"]);
        Assert.Same(document, document.Remove("DEFAULT"));
        Assert.Throws<IniFormatException>(() => document.Set("DEFAULT", [new("region", "x")]));
        Assert.Throws<IniFormatException>(() => Parse("[p]\nk = v\n").Set("DEFAULT", [new("region", "x")]));
        Assert.Throws<IniFormatException>(() => Parse("[DEFAULT]\nk = v\n[DEFAULT]\n"));
        Assert.Throws<MfaSts.Errors.MfaException>(() => ProfileName.Require("DEFAULT"));
    }

    [Fact]
    public void Row28_ProfilePrefixInCredentials_IsPartOfTheNameAndWarnedAbout()
    {
        var document = Parse("[profile p]\nk = v\n");

        Assert.NotNull(document.Find("profile p"));
        Assert.Null(document.Find("p"));
        Assert.Equal(1, Assert.Single(SectionNameRemarks.InCredentials(document)).Line);
    }

    [Fact]
    public void Row29_KeysInAnyCase_AreTheSameAndKeepTheirSpelling()
    {
        Assert.Equal("v", Parse("[p]\nAWS_K = v\n").Find("p")!["aws_k"]);
        Assert.Equal("[p]\nAWS_K = w\n", Set("[p]\nAWS_K = v\n", "aws_k", "w"));
    }

    [Fact]
    public void Row30_SectionsInAnotherCase_AreOthers()
    {
        var document = Parse("[p]\nk = 1\n[P]\nk = 2\n");

        Assert.Equal("1", document.Find("p")!["k"]);
        Assert.Equal("2", document.Find("P")!["k"]);
    }

    [Theory]
    [InlineData("\nk = v\n[p]\n", 2)]
    [InlineData("# c\n\ntext\n[p]\n", 3)]
    public void Row31_TextBeforeTheFirstSection_IsRefused(string text, int line) => AssertRefused(text, line);

    [Theory]
    [InlineData("[]\n", 1)]
    [InlineData("[a]\n[p\n", 2)]
    public void Row32_BrokenHeader_IsRefused(string text, int line) => AssertRefused(text, line);

    [Theory]
    [InlineData("\"v\"")]
    [InlineData("%(k)s")]
    [InlineData("a=b+c/d==")]
    [InlineData("'v'")]
    public void Row33_SignsInAValue_AreLiteral(string value)
    {
        Assert.Equal(value, Parse($"[p]\nk = {value}\n").Find("p")!["k"]);
        Assert.Equal($"[p]\nk = {value}\n", Set("[p]\nk = v\n", "k", value));
    }

    [Theory]
    [InlineData("k\u00a0=\u00a0v\u00a0")]
    [InlineData("k\u001c=\u001cv\u001f")]
    [InlineData("k\u3000=\u2003v\u0085")]
    public void Row34_OddBlanksAroundEquals_AreTrimmedAsPythonDoes(string line)
    {
        Assert.Equal("v", Parse($"[p]\n{line}\n").Find("p")!["k"]);
        Assert.Equal($"[p]\n{line.Replace('v', 'w')}\n", Set($"[p]\n{line}\n", "k", "w"));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\fb")]
    [InlineData("a\vb")]
    [InlineData("a\u2028b")]
    public void Row35_ControlCharactersInAValue_AreReadAndNeverWritten(string value)
    {
        Assert.Equal(value, Parse($"[p]\nk = {value}\n").Find("p")!["k"]);
        Assert.Throws<IniFormatException>(() => Set("[p]\nk = v\n", "k", value));
    }

    [Theory]
    [InlineData("# c\n  ; d\n[p]\n# k = 1\nk = v\n;n = 1\n")]
    [InlineData("[p]\nk = v\n  # not a continuation\n")]
    public void Comments_AtLineStartAfterBlanks_AreNoKeys(string text)
    {
        Assert.Equal("k", Assert.Single(Parse(text).Find("p")!.Keys).Name);
        Assert.Equal("v", Parse(text).Find("p")!["k"]);
    }

    [Theory]
    [InlineData("[p]\nk = a=b:c\n", "a=b:c")]
    [InlineData("[p]\nk==v\n", "=v")]
    [InlineData("[p]\nk:=v\n", "=v")]
    public void Delimiter_OfSeveral_IsTheFirst(string text, string value) => Assert.Equal(value, Parse(text).Find("p")!["k"]);

    private static IniDocument Parse(string text) => IniDocument.Parse(Encoding.UTF8.GetBytes(text));

    private static string Set(string text, string key, string? value) =>
        Encoding.UTF8.GetString(Parse(text).Set("p", [new(key, value)]).Bytes);

    private static void AssertRefused(string text, int line, string words = "")
    {
        var refusal = Assert.Throws<IniFormatException>(() => Parse(text));
        Assert.Equal(line, refusal.Line);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }
}
