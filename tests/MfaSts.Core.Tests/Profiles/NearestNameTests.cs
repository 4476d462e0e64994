using MfaSts.Profiles;

namespace MfaSts.Tests.Profiles;

public class NearestNameTests
{
    private static readonly string[] Known = ["default", "prod", "acme-staging", "dev", "Qa"];

    [Theory]
    [InlineData("prdo", "prod")]
    [InlineData("prd", "prod")]
    [InlineData("prodd", "prod")]
    [InlineData("orod", "prod")]
    [InlineData("PRDO", "prod")]
    [InlineData("de", "dev")]
    [InlineData("defualt", "default")]
    [InlineData("deafult2", "default")]
    [InlineData("acme-stagnig", "acme-staging")]
    [InlineData("acmestagin", "acme-staging")]
    public void Among_Slip_IsTheNameThatWasMeant(string typed, string meant) => Assert.Equal(meant, NearestName.Among(Known, typed));

    [Theory]
    [InlineData("test")]
    [InlineData("d")]
    [InlineData("pr")]
    [InlineData("rdpo")]
    [InlineData("aq")]
    [InlineData("acme-testing1")]
    [InlineData("")]
    public void Among_NoneNear_IsNull(string typed) => Assert.Null(NearestName.Among(Known, typed));

    [Theory]
    [InlineData("PROD", "prod")]
    [InlineData("qA", "Qa")]
    public void Among_OtherCase_GoesBeforeASlip(string typed, string meant) =>
        Assert.Equal(meant, NearestName.Among(["prods", "q", .. Known], typed));

    [Fact]
    public void Among_SeveralNear_IsTheNearestThenTheFirst()
    {
        Assert.Equal("staging", NearestName.Among(["stagings2", "staging", "stagung"], "stagin"));
        Assert.Equal("prod2", NearestName.Among(["prod2", "prod1"], "prod3"));
    }

    [Fact]
    public void Among_NameThatIsKnown_IsNotMistyped() => Assert.Null(NearestName.Among(["prod1", "prod"], "prod"));

    [Fact]
    public void Among_VeryLongNames_AreNotCompared()
    {
        string name = new('x', 100_000);

        Assert.Null(NearestName.Among([name + "y"], name));
        Assert.Equal(name, NearestName.Among([name], name.ToUpperInvariant()));
    }

    // Against the textbook's table, on names of few letters, where every kind of slip meets every other.
    [Fact]
    public void Among_RandomNames_IsWhatTheWholeTableSays()
    {
        var random = new Random(20260102);
        for (int round = 0; round < 20_000; round++)
        {
            (string candidate, string name) = (Word(random), Word(random));
            int slips = Table(candidate, name);
            bool isNear = slips > 0 && slips <= Math.Min(Math.Max(candidate.Length, name.Length) / 3, 2);

            Assert.Equal(isNear ? candidate : null, NearestName.Among([candidate], name));
        }
    }

    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => (char)('a' + random.Next(3))));

    private static int Table(string a, string b)
    {
        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                int least = i == 0 || j == 0
                    ? i + j
                    : Math.Min(table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                bool isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                table[i, j] = isSwap ? Math.Min(least, table[i - 2, j - 2] + 1) : least;
            }
        }

        return table[a.Length, b.Length];
    }
}
